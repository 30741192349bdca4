using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>A fault of a provider, and the rules that find it.</summary>
/// <param name="Failing">The numbers of all rules that fail with it, in order.</param>
/// <param name="Name">What is wrong.</param>
/// <param name="Break">Switches it on.</param>
internal sealed record Fault(string Failing, string Name, Action<ScriptedProvider> Break)
{
    public static readonly XNamespace Protocol = ScriptedRepository.Protocol;

    public override string ToString() => $"{Failing}: {Name}";

    /// <summary>A fault in the arguments that are read.</summary>
    public static Fault Ask(string failing, string name, Action<ScriptedAsk> change) => new(failing, name, provider => provider.OnAsk = change);

    /// <summary>Another answer to some requests.</summary>
    public static Fault Verb(string failing, string name, Func<ScriptedAsk, bool> when, Func<Func<XElement>, XElement> answer) =>
        new(failing, name, provider => provider.OnVerb = (ask, right) => when(ask) ? answer(right) : right());

    /// <summary>An error in place of the answer to some requests.</summary>
    public static Fault Error(string failing, string name, string code, Func<ScriptedAsk, bool> when) => Verb(failing, name, when, _ => throw new ScriptedError(code, "Not like this."));

    /// <summary>An error that has the wrong code.</summary>
    public static Fault Wrong(string failing, string name, string code, string instead, Func<ScriptedAsk, bool> when) => Verb(failing, name, when, right =>
    {
        try
        {
            return right();
        }
        catch (ScriptedError e) when (e.Code == code)
        {
            throw new ScriptedError(instead, e.Message);
        }
    });

    /// <summary>A fault in the answers to some requests.</summary>
    public static Fault Answer(string failing, string name, Func<ScriptedAsk, bool> when, Action<XElement> change) => new(failing, name, provider => provider.OnAnswer = (ask, answer) =>
    {
        if (when(ask))
        {
            change(answer);
        }
    });

    /// <summary>A fault in the answers that are errors.</summary>
    public static Fault OfErrors(string failing, string name, Action<XElement> change) => new(failing, name, provider => provider.OnAnswer = (_, answer) =>
    {
        if (answer.Element(Protocol + "error") is not null)
        {
            change(answer);
        }
    });

    /// <summary>A fault in what the repository says or holds.</summary>
    public static Fault Model(string failing, string name, Action<ScriptedRepository> change) => new(failing, name, provider => change(provider.Repository));

    /// <summary>Another answer of HTTP to some requests.</summary>
    public static Fault Http(string failing, string name, Func<ScriptedAsk, bool> when, HttpStatusCode status, string body = "") => new(failing, name, provider => provider.Instead = ask => when(ask)
        ? new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("text/html")) } : null);
}
