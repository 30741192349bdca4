using System.Security.Claims;
using AdminPortal.Domain.EPeople;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminPortal.Web.Auth;

/// <summary>Puts the role into a session's claims.</summary>
internal sealed class EPersonClaims(UserManager<EPerson> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<EPerson>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(EPerson user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new(ClaimTypes.Role, user.Role.ToString()));
        return identity;
    }
}
