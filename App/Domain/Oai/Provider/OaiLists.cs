using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Writes lists of records and of their headers, page by page.</summary>
internal sealed class OaiLists(OaiDirectory directory, OaiRecordStore records, ITokenSeal seal, IOptions<OaiOptions> options, TimeProvider clock)
{
    /// <summary>Writes a page.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="start">When it was, if a list begins.</param>
    /// <param name="identity">Who answers.</param>
    /// <param name="open">Begins the answer, when it is certain that it is one.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>How many records it has.</returns>
    /// <exception cref="OaiFault">There is nothing to be listed.</exception>
    public async Task<int> WriteAsync(OaiRequest request, OaiMoment? start, OaiIdentity identity, Func<OaiMoment, OaiDocument> open, CancellationToken cancellationToken)
    {
        var place = start is { } moment ? await BeginAsync(request, moment, cancellationToken) : ResumptionToken.Read(request.ResumptionToken!, request.Verb, clock.GetUtcNow(), seal);
        if (place is not { Prefix: { } prefix, SetId: { } setId })
        {
            throw new OaiFault(OaiErrorCode.BadResumptionToken, "This resumptionToken is not one of a list of records.");
        }

        directory.RequireFormat(prefix);
        var selection = new OaiSelection(setId, prefix, place.From, place.Until);
        var read = await records.ReadAsync(selection, place.Last, options.Value.PageSize + 2, options.Value.PageBytes, request.Verb == OaiVerb.ListRecords, cancellationToken);
        var (page, isLast) = PageOf(read);
        if (page.Count == 0)
        {
            throw start is not null ? new OaiFault(OaiErrorCode.NoRecordsMatch, "No record is as asked for.")
                : new OaiFault(OaiErrorCode.BadResumptionToken, "Everything that was still to be listed has changed since. Begin again from the date of the first answer.");
        }

        // Of a list of one answer nobody needs to know the length.
        var total = start is not null && !isLast ? await records.CountAsync(selection, cancellationToken) : place.Total;
        var document = open(start ?? read.Moment);
        document.Begin(request.Verb.ToString());
        foreach (var record in page)
        {
            if (request.Verb == OaiVerb.ListRecords)
            {
                document.Record(OaiIdentifier.Of(record.Handle, identity), record);
            }
            else
            {
                document.Header(OaiIdentifier.Of(record.Handle, identity), record);
            }
        }

        if (!isLast)
        {
            var expires = clock.GetUtcNow() + options.Value.TokenLifetime;
            var next = place with { Last = new(page[^1].Datestamp, page[^1].Id), Cursor = place.Cursor + page.Count, Total = total, Expires = expires };
            document.Token(next.Write(seal), expires, total, place.Cursor);
        }
        else if (start is null)
        {
            document.Token("", null, total, place.Cursor);
        }

        document.End();
        return page.Count;
    }

    private async Task<ResumptionToken> BeginAsync(OaiRequest request, OaiMoment moment, CancellationToken cancellationToken)
    {
        directory.RequireFormat(request.MetadataPrefix!);
        if (await directory.FindSetAsync(request.Set, cancellationToken) is { } set)
        {
            var until = request.Until is { } wanted && wanted < moment.Bound ? wanted : moment.Bound;
            return new(request.Verb, request.MetadataPrefix, set.Id, request.Set, request.From, until, new(request.From ?? DateTimeOffset.UnixEpoch, 0), 0, 0, default);
        }

        throw await directory.CountSetsAsync(cancellationToken) == 0 ? new OaiFault(OaiErrorCode.NoSetHierarchy, "This repository has no sets.")
            : new OaiFault(OaiErrorCode.BadArgument, $"There is no set {request.Set} here. ListSets names those that there are.");
    }

    // One more than a page tells whether another follows; a single last one is taken along, because there are harvesters that cannot read a list of one.
    private (IReadOnlyList<OaiListed> Page, bool IsLast) PageOf(OaiRead read)
    {
        var size = options.Value.PageSize;
        return read.IsCut ? (read.Records, false) : read.Records.Count <= size + 1 ? (read.Records, true) : (read.Records[..size], false);
    }
}
