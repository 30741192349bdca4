using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Items;

internal static class Names
{
    public static string Require(string name, string thing) => name.Trim() switch
    {
        { Length: 0 } => throw new PortalException($"A {thing} needs a name. Give it one."),
        { Length: > 500 } => throw new PortalException($"The name of a {thing} may have 500 characters. Shorten it and put the rest into the description."),
        var trimmed => trimmed,
    };
}
