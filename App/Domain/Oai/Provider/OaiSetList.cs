using System.Xml;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Writes the list of sets, page by page.</summary>
internal sealed class OaiSetList(OaiDirectory directory, ITokenSeal seal, IOptions<OaiOptions> options, TimeProvider clock)
{
    private const string Dc = "http://purl.org/dc/elements/1.1/", OaiDc = "http://www.openarchives.org/OAI/2.0/oai_dc/";

    /// <summary>Writes a page.</summary>
    /// <exception cref="OaiFault">There are no sets, or the token is none.</exception>
    public async Task<int> WriteAsync(OaiRequest request, OaiMoment moment, Func<OaiMoment, OaiDocument> open, CancellationToken cancellationToken)
    {
        var start = request.ResumptionToken is { } text ? ResumptionToken.Read(text, request.Verb, clock.GetUtcNow(), seal)
            : new(request.Verb, null, null, null, null, moment.Bound, new(default, 0, ""), 0, await directory.CountSetsAsync(cancellationToken), default);
        var sets = await directory.ReadSetsAsync(start.Last.Spec ?? "", options.Value.PageSize + 1, cancellationToken);
        if (sets.Count == 0)
        {
            throw request.ResumptionToken is null ? new OaiFault(OaiErrorCode.NoSetHierarchy, "This repository has no sets.")
                : new OaiFault(OaiErrorCode.BadResumptionToken, "There are no more sets. Begin the list again.");
        }

        var isLast = sets.Count <= options.Value.PageSize;
        var page = sets.Take(options.Value.PageSize).ToList();
        var document = open(moment);
        document.Begin(nameof(OaiVerb.ListSets));
        foreach (var set in page)
        {
            document.Begin("set");
            document.Text("setSpec", set.Spec);
            document.Text("setName", set.Name);
            if (Describe(set) is { Length: > 0 } description)
            {
                document.Begin("setDescription");
                WriteDescription(document.Xml, description);
                document.End();
            }

            document.End();
        }

        if (!isLast)
        {
            var expires = clock.GetUtcNow() + options.Value.TokenLifetime;
            var next = start with { Last = new(default, 0, page[^1].Spec), Cursor = start.Cursor + page.Count, Expires = expires };
            document.Token(next.Write(seal), expires, start.Total, start.Cursor);
        }
        else if (request.ResumptionToken is not null)
        {
            document.Token("", null, start.Total, start.Cursor);
        }

        document.End();
        return page.Count;
    }

    private static string Describe(OaiSetLine set) =>
        set.Deleted is { } deleted ? $"This set was deleted on {OaiDocument.Stamp(deleted)[..10]}; its former records are told as deleted for a while.".Trim() : set.Description;

    private static void WriteDescription(XmlWriter xml, string description)
    {
        xml.WriteStartElement("oai_dc", "dc", OaiDc);
        xml.WriteAttributeString("xmlns", "dc", null, Dc);
        xml.WriteAttributeString("xsi", "schemaLocation", "http://www.w3.org/2001/XMLSchema-instance", $"{OaiDc} http://www.openarchives.org/OAI/2.0/oai_dc.xsd");
        xml.WriteElementString("dc", "description", Dc, description);
        xml.WriteEndElement();
    }
}
