using AdminPortal.Domain.Common;
using Microsoft.AspNetCore.Identity;

namespace AdminPortal.Domain.EPeople;

/// <summary>A person with an account. Signs in with the e-mail address.</summary>
public sealed class EPerson : IdentityUser<Guid>
{
    /// <summary>What the person may do in general.</summary>
    public Role Role { get; set; } = Role.User;

    /// <summary>When the account was made.</summary>
    public DateTimeOffset Created { get; set; }

    /// <summary>When the person last signed in; null before the first time.</summary>
    public DateTimeOffset? LastActive { get; set; }
}
