using System.Text.RegularExpressions;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What Identify says.</summary>
internal static partial class IdentifyRules
{
    private static readonly string[] _order =
        ["repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord", "granularity", "compression", "description"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("I01", Must, "Identify has all elements that it must have, each in its place.") { Check = Told(Order) },
        new("I02", Must, "baseURL is the URL that was asked, to the letter.")
        {
            Check = Told(BaseUrl), Remedy = "Configure the public base URL as harvesters write it, with its scheme and without or with a last slash.",
        },
        new("I03", Must, "protocolVersion is 2.0.") { Check = Told(x => One(x, "protocolVersion", value => value == "2.0", "2.0")) },
        new("I04", Must, "adminEmail is an address with a dot in its host and without mailto:.") { Check = Told(Email) },
        new("I05", Must, "granularity is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
        {
            Check = Told(x => One(x, "granularity", value => value is "YYYY-MM-DD" or "YYYY-MM-DDThh:mm:ssZ", "YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")),
        },
        new("I06", Must, "deletedRecord is no, transient or persistent.")
        {
            Check = Told(x => One(x, "deletedRecord", value => value is "no" or "transient" or "persistent", "no, transient or persistent")),
        },
        new("I07", Must, "earliestDatestamp has the granularity of the repository.")
        {
            Check = Told(x => One(x, "earliestDatestamp", value => Datestamp.Has(value, x.Run.Facts.IsSeconds), x.Run.Facts.IsSeconds ? "a time with seconds" : "a day")),
        },
        new("I08", Must, "No record, live or deleted, is older than earliestDatestamp.")
        {
            Check = EarliestAsync, Remedy = "Compute earliestDatestamp as the least of all datestamps, those of deleted records too.",
        },
        new("I09", Robustness, "earliestDatestamp does not change from one request to the next.") { Check = StableAsync },
        new("I10", Must, "No compression is named identity.") { Check = CompressionAsync },
    ];

    private static Func<Examination, CancellationToken, Task> Told(Action<Examination> check) => (x, _) =>
    {
        x.Name(x.Run.Facts.Answer.Request.ToString());
        check(x);
        return Task.CompletedTask;
    };

    private static void Order(Examination x)
    {
        var names = x.Run.Facts.Identify.Elements().Select(element => element.Name.Namespace == OaiNames.Oai ? element.Name.LocalName : element.Name.ToString()).ToArray();
        var places = names.Select(name => Array.IndexOf(_order, name)).ToArray();
        x.Demand(places.All(place => place >= 0) && places.SequenceEqual(places.Order()), x.Run.Facts.Answer, $"the order {string.Join(", ", _order)}", string.Join(", ", names));
        foreach (var name in _order.Take(7))
        {
            var values = x.Run.Facts.Identify.Elements(OaiNames.Oai + name).ToArray();
            x.Demand(values.Length == 1 || (name == "adminEmail" && values.Length > 1), x.Run.Facts.Answer, $"one {name}", $"{values.Length}");
            x.Demand(values.All(value => value.Value.Trim().Length > 0), x.Run.Facts.Answer, $"a {name} that is not empty", "an empty one");
        }
    }

    private static void BaseUrl(Examination x)
    {
        var expected = x.Run.Options.PublicBaseUrl ?? x.Run.BaseUrl;
        x.Demand(x.Run.Facts.BaseUrl == expected, x.Run.Facts.Answer, $"the baseURL {expected}", $"\"{x.Run.Facts.BaseUrl}\"");
    }

    private static void One(Examination x, string name, Func<string, bool> isRight, string expected) =>
        x.Demand(isRight(x.Run.Facts.Value(name)), x.Run.Facts.Answer, $"a {name} that is {expected}", $"\"{x.Run.Facts.Value(name)}\"");

    private static void Email(Examination x)
    {
        foreach (var address in x.Run.Facts.Identify.Elements(OaiNames.Oai + "adminEmail").Select(email => email.Value))
        {
            x.Demand(Address().IsMatch(address), x.Run.Facts.Answer, "an adminEmail such as oai@repository.example.org", $"\"{address}\"");
        }
    }

    private static async Task EarliestAsync(Examination x, CancellationToken cancellationToken)
    {
        if (Datestamp.Read(x.Run.Facts.Earliest) is not { } earliest)
        {
            x.Skip($"earliestDatestamp is \"{x.Run.Facts.Earliest}\", which is no date.");
            return;
        }

        foreach (var list in new[] { await x.Run.HeadersAsync(cancellationToken), await x.Run.RecordsAsync(cancellationToken) })
        {
            foreach (var header in x.Use(list).Headers.Where(header => Datestamp.Read(header.Datestamp) is not null))
            {
                x.Demand(Datestamp.Read(header.Datestamp) >= earliest, list.Pages[0].Request, $"no datestamp before {x.Run.Facts.Earliest}", $"{header.Datestamp} of {header.Identifier}");
            }
        }
    }

    private static async Task StableAsync(Examination x, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1.5), x.Run.Clock, cancellationToken);
        var answer = await x.GetAsync("verb=Identify", cancellationToken);
        var now = RepositoryFacts.Read(answer)?.Earliest;
        x.Demand(now == x.Run.Facts.Earliest, answer, $"the earliestDatestamp {x.Run.Facts.Earliest} as before", $"\"{now}\"");
    }

    private static Task CompressionAsync(Examination x, CancellationToken cancellationToken)
    {
        x.Skip("Identify lists no compression.");
        x.Name(x.Run.Facts.Answer.Request.ToString());
        foreach (var compression in x.Run.Facts.Compressions)
        {
            x.Demand(compression != "identity" && compression.Trim().Length > 0, x.Run.Facts.Answer, "a compression", $"\"{compression}\"");
        }

        return Task.CompletedTask;
    }

    [GeneratedRegex(@"^(?!mailto:)[^\s@:<>]+@[^\s@.]+(\.[^\s@.]+)+\z")]
    private static partial Regex Address();
}
