#if DESIGN_TIME
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AdminPortal.Domain.Data;

/// <summary>Gives <c>dotnet ef migrations add</c> a context; it never connects.</summary>
public sealed class PortalDbDesign : IDesignTimeDbContextFactory<PortalDb>
{
    /// <inheritdoc/>
    public PortalDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PortalDb>().UseNpgsql("Host=design").Options);
}
#endif
