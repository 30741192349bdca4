using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Review;

/// <summary>Registers review.</summary>
public static class ReviewSetup
{
    /// <summary>Adds the pools, what reviewers do with their tasks, and submissions.</summary>
    public static IServiceCollection AddReview(this IServiceCollection services) => services
        .AddSingleton<ReviewMails>()
        .AddSingleton<ReviewIntake>()
        .AddScoped<ReviewPool>()
        .AddScoped<ReviewDesk>()
        .AddScoped<ReviewService>()
        .AddScoped<SubmissionService>();
}
