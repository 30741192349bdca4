using System.Text;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>A request as the scripted provider reads it.</summary>
internal sealed class ScriptedAsk
{
    public required HttpMethod Method { get; init; }

    public required string Raw { get; init; }

    public required HttpRequestMessage Message { get; init; }

    /// <summary>The arguments in order; a fault may change them.</summary>
    public List<(string Name, string Value)> Arguments { get; set; } = [];

    /// <summary>The arguments that came.</summary>
    public IReadOnlyList<(string Name, string Value)> Given { get; init; } = [];

    public bool IsGet => Method == HttpMethod.Get;

    public string? Verb => this["verb"];

    public bool IsResumed => this["resumptionToken"] is not null;

    public bool IsOf(params string[] verbs) => verbs.Contains(Verb);

    public string? this[string name] => Arguments.Where(argument => argument.Name == name).Select(argument => argument.Value).FirstOrDefault();

    public void Drop(params string[] names) => Arguments.RemoveAll(argument => names.Contains(argument.Name));

    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static async Task<ScriptedAsk> ReadAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var raw = message.Method == HttpMethod.Post ? await message.Content!.ReadAsStringAsync(cancellationToken) : message.RequestUri!.Query.TrimStart('?');
        var arguments = raw.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Select(part => (Decode(part[0]), Decode(part.ElementAtOrDefault(1) ?? ""))).ToList();
        return new() { Method = message.Method, Raw = raw, Message = message, Arguments = arguments, Given = [.. arguments] };
    }

    // What is no UTF-8 becomes U+FFFD, which no argument may hold.
    private static string Decode(string text)
    {
        List<byte> bytes = [];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i] == '+' ? " " : text[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
