namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>One request to the base URL.</summary>
/// <param name="Method">GET, POST, or another to see what comes of it.</param>
/// <param name="Arguments">The arguments, encoded, exactly as they are sent: after the question mark, or as the form of a POST. Null for a GET without a question mark.</param>
public sealed record ProbeRequest(HttpMethod Method, string? Arguments)
{
    /// <summary>The content type of a form.</summary>
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>The content type of a POST.</summary>
    public string ContentType { get; init; } = Form;

    /// <summary>Headers beside the usual ones.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether an answer of HTTP alone would do, because no harvester asks so.</summary>
    public bool IsOdd { get; init; }

    /// <summary>Whether it goes on with a list.</summary>
    public bool IsResumed => Read().Any(argument => argument.Name == "resumptionToken");

    /// <summary>A GET.</summary>
    public static ProbeRequest Get(string? arguments) => new(HttpMethod.Get, arguments);

    /// <summary>A POST of a form.</summary>
    public static ProbeRequest Post(string arguments) => new(HttpMethod.Post, arguments);

    /// <summary>The arguments, decoded, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Read() => RawQuery.Read(Arguments);

    /// <summary>The request in a line: <c>GET ?verb=Identify</c>.</summary>
    public override string ToString()
    {
        var arguments = Arguments is { Length: > 200 } ? Arguments[..200] + "…" : Arguments;
        var line = Method == HttpMethod.Post ? $"POST {(arguments is "" ? "(empty)" : arguments)}" : Arguments is null ? $"{Method} (no query)" : $"{Method} ?{arguments}";
        return Headers.Count == 0 && ContentType == Form ? line
            : $"{line} ({string.Join(", ", Headers.Select(header => $"{header.Name}: {header.Value}").Concat(ContentType == Form ? [] : [$"Content-Type: {ContentType}"]))})";
    }
}
