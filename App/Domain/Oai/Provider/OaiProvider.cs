namespace AdminPortal.Domain.Oai.Provider;

/// <summary>What became of a request, for the access log.</summary>
/// <param name="Request">The request; null when it could not be understood.</param>
/// <param name="Errors">Why it was not answered; none when it was.</param>
/// <param name="Records">How many records, headers or sets were given.</param>
public sealed record OaiOutcome(OaiRequest? Request, IReadOnlyList<OaiError> Errors, int Records)
{
    /// <summary>The format of a list that is gone on with.</summary>
    public string? MetadataPrefix { get; init; }

    /// <summary>The set of a list that is gone on with; null also when it is one of all records.</summary>
    public string? Set { get; init; }

    /// <summary>Whether the list goes on after this answer.</summary>
    public bool GoesOn { get; init; }
}

/// <summary>Answers harvesters (OAI-PMH 2.0).</summary>
public sealed class OaiProvider
{
    private readonly OaiDirectory _directory;
    private readonly OaiRecordStore _records;
    private readonly OaiLists _lists;
    private readonly OaiSetList _sets;
    private readonly Npgsql.NpgsqlDataSource _database;
    private readonly ITokenSeal _seal;
    private readonly TimeProvider _clock;

    /// <summary>Answers from a database.</summary>
    public OaiProvider(
        Formats.FormatCatalogue formats, Npgsql.NpgsqlDataSource database, ITokenSeal seal, Microsoft.Extensions.Options.IOptions<OaiOptions> options, TimeProvider clock)
    {
        (_database, _seal, _clock) = (database, seal, clock);
        (_directory, _records) = (new(formats, database), new(database, clock));
        (_lists, _sets) = (new(_directory, _records, seal, options, clock), new(_directory, seal, options, clock));
    }

    /// <summary>Writes the answer to a request. What it writes is not much longer than a page may be.</summary>
    /// <param name="arguments">The arguments as they were sent, the verb among them.</param>
    /// <param name="identity">Who answers.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Stops reading; what was written is worth nothing then.</param>
    public async Task<OaiOutcome> AnswerAsync(IReadOnlyList<OaiArgument> arguments, OaiIdentity identity, Stream output, CancellationToken cancellationToken)
    {
        // What goes on, or is one record, is dated when it is read.
        var (request, errors) = OaiRequestReader.Read(arguments);
        OaiMoment? start = request is { ResumptionToken: not null } or { Verb: OaiVerb.GetRecord } ? null : await NowAsync(cancellationToken);
        if (request is null)
        {
            // What was asked is not repeated when it was not understood (section 3.6).
            Refuse(output, start!.Value, identity, [], errors);
            return new(null, errors, 0);
        }

        OaiDocument? document = null;
        var list = request.ResumptionToken is { } text ? ResumptionToken.Find(text, _seal) : null;
        try
        {
            var records = await AnswerAsync(request, start, identity, moment => document = new(output, moment.ResponseDate, identity.BaseUrl, request.Arguments), cancellationToken);
            document?.Dispose();
            return new(request, [], records) { MetadataPrefix = list?.Prefix, Set = list?.Set, GoesOn = document?.GoesOn ?? false };
        }
        catch (OaiFault fault)
        {
            var moment = start ?? await NowAsync(cancellationToken);
            Refuse(output, moment, identity, fault.Error.Code == OaiErrorCode.BadArgument ? [] : request.Arguments, [fault.Error]);
            return new(request, [fault.Error], 0) { MetadataPrefix = list?.Prefix, Set = list?.Set };
        }
    }

    private async Task<int> AnswerAsync(OaiRequest request, OaiMoment? start, OaiIdentity identity, Func<OaiMoment, OaiDocument> open, CancellationToken cancellationToken) => request.Verb switch
    {
        OaiVerb.Identify => await IdentifyAsync(identity, () => open(start!.Value), cancellationToken),
        OaiVerb.ListMetadataFormats => await ListFormatsAsync(request, identity, () => open(start!.Value), cancellationToken),
        OaiVerb.ListSets => await _sets.WriteAsync(request, start ?? await NowAsync(cancellationToken), open, cancellationToken),
        OaiVerb.GetRecord => await GetRecordAsync(request, identity, open, cancellationToken),
        _ => await _lists.WriteAsync(request, start, identity, open, cancellationToken),
    };

    private Task<OaiMoment> NowAsync(CancellationToken cancellationToken) => OaiMoment.GetAsync(_database, _clock, cancellationToken);

    private static void Refuse(Stream output, OaiMoment moment, OaiIdentity identity, IReadOnlyList<OaiArgument> arguments, IReadOnlyList<OaiError> errors)
    {
        using var document = new OaiDocument(output, moment.ResponseDate, identity.BaseUrl, arguments);
        foreach (var error in errors)
        {
            document.Error(error);
        }
    }

    private async Task<int> IdentifyAsync(OaiIdentity identity, Func<OaiDocument> open, CancellationToken cancellationToken)
    {
        var earliest = await _directory.GetEarliestAsync(cancellationToken);
        var sample = await _directory.FindSampleAsync(cancellationToken);
        OaiIdentify.Write(open(), identity, earliest, sample);
        return 0;
    }

    private async Task<int> ListFormatsAsync(OaiRequest request, OaiIdentity identity, Func<OaiDocument> open, CancellationToken cancellationToken)
    {
        var formats = _directory.Formats;
        if (request.Identifier is { } identifier)
        {
            var there = await _records.FindFormatsAsync(HandleIn(identifier, identity), cancellationToken) ?? throw Unknown(identifier);
            formats = formats.Where(format => there.Contains(format.Prefix));
            if (there.Count == 0)
            {
                throw new OaiFault(OaiErrorCode.NoMetadataFormats, $"{identifier} is there in no format.");
            }
        }

        var document = open();
        document.Begin(nameof(OaiVerb.ListMetadataFormats));
        foreach (var format in formats)
        {
            document.Begin("metadataFormat");
            document.Text("metadataPrefix", format.Prefix);
            document.Text("schema", format.Schema);
            document.Text("metadataNamespace", format.Namespace);
            document.End();
        }

        document.End();
        return 0;
    }

    private async Task<int> GetRecordAsync(OaiRequest request, OaiIdentity identity, Func<OaiMoment, OaiDocument> open, CancellationToken cancellationToken)
    {
        var (identifier, prefix) = (request.Identifier!, request.MetadataPrefix!);
        _directory.RequireFormat(prefix);
        var read = await _records.FindAsync(HandleIn(identifier, identity), prefix, cancellationToken);
        if (read.Records is not [var record])
        {
            throw Unknown(identifier);
        }

        if (record is { IsDeleted: false, Xml: null })
        {
            throw new OaiFault(OaiErrorCode.CannotDisseminateFormat, $"{identifier} is not there as {prefix}.");
        }

        var document = open(read.Moment);
        document.Begin(nameof(OaiVerb.GetRecord));
        document.Record(identifier, record);
        document.End();
        return 1;
    }

    private static string HandleIn(string identifier, OaiIdentity identity) => OaiIdentifier.HandleIn(identifier, identity) ?? throw Unknown(identifier);

    private static OaiFault Unknown(string identifier) => new(OaiErrorCode.IdDoesNotExist, $"There is no item {identifier} here.");
}
