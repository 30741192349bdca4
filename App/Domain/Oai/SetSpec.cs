using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Oai;

/// <summary>What harvesters call a set: parts of unreserved characters, parted by colons, e.g. <c>theses:physics</c> (OAI-PMH 2.0, section 2.6).</summary>
public static partial class SetSpec
{
    /// <summary>Characters that one has at most.</summary>
    public const int Longest = 200;

    /// <summary>A spec as it is stored.</summary>
    /// <exception cref="UnusableException">It is none; says why.</exception>
    public static string Require(string? text)
    {
        var spec = text?.Trim() ?? "";
        if (spec.Length == 0)
        {
            throw new UnusableException("The set needs a setSpec, by which harvesters name it. Write one such as theses or theses:physics.");
        }

        if (spec.Length > Longest)
        {
            throw new UnusableException($"The setSpec has {spec.Length} characters. Keep at most {Longest}.");
        }

        return IsOne(spec) ? spec
            : throw new UnusableException($"\"{spec}\" cannot be a setSpec. Use letters of the English alphabet, digits and - _ . ! ~ * ' ( ), with colons between parts, e.g. theses:physics.");
    }

    /// <summary>Whether a text can be a spec.</summary>
    public static bool IsOne(string text) => text.Length <= Longest && Form().IsMatch(text);

    /// <summary>The specs above one: <c>a</c> and <c>a:b</c> for <c>a:b:c</c>.</summary>
    public static IEnumerable<string> Above(string spec)
    {
        for (var colon = spec.IndexOf(':'); colon >= 0; colon = spec.IndexOf(':', colon + 1))
        {
            yield return spec[..colon];
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*\z")]
    private static partial Regex Form();
}
