using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Reads requests, strictly: what the protocol does not allow is refused with all reasons at once (OAI-PMH 2.0, sections 3.1.1, 3.3 and 3.6).</summary>
public static partial class OaiRequestReader
{
    private const string Verb = "verb", Token = "resumptionToken", From = "from", Until = "until", Prefix = "metadataPrefix", Identifier = "identifier", Set = "set";

    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    private static readonly Dictionary<OaiVerb, (string[] Required, string[] Optional, bool Resumes)> _grammar = new()
    {
        [OaiVerb.Identify] = ([], [], false),
        [OaiVerb.ListMetadataFormats] = ([], [Identifier], false),
        [OaiVerb.ListSets] = ([], [], true),
        [OaiVerb.ListIdentifiers] = ([Prefix], [From, Until, Set], true),
        [OaiVerb.ListRecords] = ([Prefix], [From, Until, Set], true),
        [OaiVerb.GetRecord] = ([Identifier, Prefix], [], false),
    };

    /// <summary>The arguments of a query or a form, in their order: <c>verb=GetRecord&amp;identifier=oai%3A…</c>.</summary>
    public static IReadOnlyList<OaiArgument> ReadArguments(string encoded) =>
        [.. encoded.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Select(pair => new OaiArgument(Decode(pair[0]) ?? "", Decode(pair.ElementAtOrDefault(1) ?? "")))];

    /// <summary>Reads a request, or says everything that is wrong with it.</summary>
    public static (OaiRequest? Request, IReadOnlyList<OaiError> Errors) Read(IReadOnlyList<OaiArgument> arguments)
    {
        var verbs = arguments.Where(argument => argument.Name == Verb).ToList();
        if (verbs is not [{ Value: { } name }] || !Enum.TryParse<OaiVerb>(name, out var verb) || verb.ToString() != name)
        {
            return (null, [new(OaiErrorCode.BadVerb, verbs switch
            {
                [] => "The argument verb is missing.",
                [_] => $"There is no such verb. Ask for one of {string.Join(", ", Enum.GetNames<OaiVerb>())}.",
                _ => "The argument verb is repeated.",
            })]);
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<OaiError>();
        var (required, optional, resumes) = _grammar[verb];
        foreach (var group in arguments.Where(argument => argument.Name != Verb).GroupBy(argument => argument.Name, StringComparer.Ordinal))
        {
            if (!required.Contains(group.Key) && !optional.Contains(group.Key) && !(resumes && group.Key == Token))
            {
                errors.Add(Bad($"{verb} does not take the argument {Shown(group.Key)}."));
            }
            else if (group.Count() > 1)
            {
                errors.Add(Bad($"The argument {group.Key} is repeated."));
            }
            else if (group.First().Value is not { } value)
            {
                errors.Add(Bad($"The value of {group.Key} is not UTF-8, or holds characters that XML does not have."));
            }
            else if (value.Length == 0)
            {
                errors.Add(Bad($"The argument {group.Key} is empty."));
            }
            else
            {
                values.Add(group.Key, value);
            }
        }

        if (values.ContainsKey(Token) || arguments.Any(argument => argument.Name == Token))
        {
            if (values.Count > 1)
            {
                errors.Add(Bad("A resumptionToken stands alone beside the verb."));
            }
        }
        else
        {
            errors.AddRange(required.Where(missing => arguments.All(argument => argument.Name != missing)).Select(missing => Bad($"The argument {missing} is missing.")));
        }

        var request = new OaiRequest
        {
            Verb = verb,
            Arguments = arguments,
            Identifier = Syntax(values, Identifier, IsUri, "is no URI", errors),
            MetadataPrefix = Syntax(values, Prefix, PrefixForm().IsMatch, "is no metadataPrefix", errors),
            Set = Syntax(values, Set, SetSpec.IsOne, "is no setSpec", errors),
            From = ReadDate(values, From, false, errors),
            Until = ReadDate(values, Until, true, errors),
            ResumptionToken = values.GetValueOrDefault(Token),
        };
        if (request is { From: { } from, Until: { } until })
        {
            if (values[From].Length != values[Until].Length)
            {
                errors.Add(Bad("from and until are written to different granularities."));
            }
            else if (from > until)
            {
                errors.Add(Bad("from is later than until."));
            }
        }

        return errors.Count > 0 ? (null, errors) : (request, []);
    }

    private static string? Syntax(Dictionary<string, string> values, string name, Func<string, bool> isRight, string fault, List<OaiError> errors)
    {
        var value = values.GetValueOrDefault(name);
        if (value is not null && !isRight(value))
        {
            errors.Add(Bad($"{name} {fault}: {Shown(value)}"));
        }

        return value;
    }

    // 2026-11-22 or 2026-11-22T10:00:00Z. A day means all of it.
    private static DateTimeOffset? ReadDate(Dictionary<string, string> values, string name, bool isEnd, List<OaiError> errors)
    {
        if (values.GetValueOrDefault(name) is not { } value)
        {
            return null;
        }

        if (DateForm().IsMatch(value) && DateTimeOffset.TryParseExact(
            value, value.Length == 10 ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return isEnd && value.Length == 10 ? instant.AddDays(1).AddSeconds(-1) : instant;
        }

        errors.Add(Bad($"{name} is no date such as 2026-11-22 or 2026-11-22T10:00:00Z: {Shown(value)}"));
        return null;
    }

    // Percent-encoded UTF-8, with + for a space.
    private static string? Decode(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[length]))
                {
                    return null;
                }

                (length, i) = (length + 1, i + 2);
            }
            else if (char.IsSurrogatePair(text, i))
            {
                length += Encoding.UTF8.GetBytes(text.AsSpan(i++, 2), bytes.AsSpan(length));
            }
            else
            {
                length += Encoding.UTF8.GetBytes([text[i] == '+' ? ' ' : text[i]], bytes.AsSpan(length));
            }
        }

        try
        {
            var decoded = _strict.GetString(bytes.AsSpan(0, length));
            return decoded.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)) ? decoded : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Schemas know more of URIs than the form below, e.g. that brackets stand around an address only: http://[ is none.
    private static bool IsUri(string value) => UriForm().IsMatch(value) && Uri.TryCreate(value, UriKind.Absolute, out _);

    private static string Shown(string value) => value.Length > 100 ? value[..100] + "…" : value;

    private static OaiError Bad(string message) => new(OaiErrorCode.BadArgument, message);

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+\z")]
    private static partial Regex PrefixForm();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?\z")]
    private static partial Regex DateForm();

    // anyURI of XML Schema, without what could not be told from other things: no blanks, quotes or brackets (RFC 3986).
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>""{}|\\^`]+\z")]
    private static partial Regex UriForm();
}
