using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.EPeople;
using AdminPortal.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Web.Auth;

/// <summary>Makes the first administrator of an empty repository: the one the settings name, or one with a password that is shown once.</summary>
internal sealed class FirstAdministrator(DataDirectory data, IConfiguration configuration, IPasswordHasher<EPerson> hasher, ILookupNormalizer normalizer, TimeProvider clock) : ISeed
{
    public async Task PlantAsync(PortalDb db, CancellationToken cancellationToken)
    {
        if (await db.Users.AnyAsync(person => person.Role == Role.Administrator, cancellationToken))
        {
            return;
        }

        var email = configuration["PORTAL_ADMIN_EMAIL"] is { Length: > 0 } named ? named : "admin@localhost";
        var password = configuration["PORTAL_ADMIN_PASSWORD"];
        if (string.IsNullOrEmpty(password))
        {
            password = EPersonService.GeneratePassword();
            var path = Path.Combine(data.Path, "admin-password");
            File.Delete(path);
            await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            await using (var writer = new StreamWriter(file))
            {
                await writer.WriteLineAsync(password);
            }

            Console.WriteLine($"The first administrator is {email} with the password {password} (kept in {path}).");
        }

        var person = new EPerson
        {
            Id = Guid.CreateVersion7(),
            Email = email,
            UserName = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            NormalizedUserName = normalizer.NormalizeName(email),
            EmailConfirmed = true,
            LockoutEnabled = true,
            Role = Role.Administrator,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            Created = clock.GetUtcNow(),
        };
        person.PasswordHash = hasher.HashPassword(person, password);
        db.Users.Add(person);
        await db.SaveChangesAsync(cancellationToken);
    }
}
