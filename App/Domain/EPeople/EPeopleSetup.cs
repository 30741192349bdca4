using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.EPeople;

/// <summary>Registers accounts, groups and tokens.</summary>
public static class EPeopleSetup
{
    /// <summary>Adds ASP.NET Core Identity's rules over our database: five wrong passwords lock an account for five minutes.</summary>
    public static IServiceCollection AddEPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<EPerson>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.User.AllowedUserNameCharacters = "";

            // Length is what makes a password strong (NIST SP 800-63B); rules about kinds of characters only make it hard to remember.
            options.Password = new PasswordOptions
            {
                RequiredLength = 8,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        }).AddUserStore<UserOnlyStore<EPerson, PortalDb, Guid>>().AddDefaultTokenProviders();
        return services
            .AddSingleton<ISeed, GroupSeed>()
            .AddScoped<Caller>()
            .AddScoped<EPersonService>()
            .AddScoped<GroupService>()
            .AddScoped<ApiTokenService>();
    }
}
