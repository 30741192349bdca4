using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Formats;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Mail;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Oai.Access;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Review;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Search;
using AdminPortal.Domain.Storage;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql.NameTranslation;

namespace AdminPortal.Domain.Data;

/// <summary>The database. Tables are named like their entities, in singular snake case.</summary>
public sealed class PortalDb(DbContextOptions<PortalDb> options) : IdentityUserContext<EPerson, Guid>(options)
{
    /// <summary>Groups of epeople.</summary>
    public DbSet<Group> Groups => Set<Group>();

    /// <summary>Keys for scripts.</summary>
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    /// <summary>Communities.</summary>
    public DbSet<Community> Communities => Set<Community>();

    /// <summary>Collections.</summary>
    public DbSet<Collection> Collections => Set<Collection>();

    /// <summary>Who looks after what.</summary>
    public DbSet<Curatorship> Curatorships => Set<Curatorship>();

    /// <summary>Items.</summary>
    public DbSet<Item> Items => Set<Item>();

    /// <summary>Which item is in which collection.</summary>
    public DbSet<CollectionItem> CollectionItems => Set<CollectionItem>();

    /// <summary>Files of items.</summary>
    public DbSet<Bitstream> Bitstreams => Set<Bitstream>();

    /// <summary>Registered file formats.</summary>
    public DbSet<BitstreamFormat> BitstreamFormats => Set<BitstreamFormat>();

    /// <summary>All persistent identifiers ever given.</summary>
    public DbSet<Handle> Handles => Set<Handle>();

    /// <summary>Who may read or write what.</summary>
    public DbSet<Policy> Policies => Set<Policy>();

    /// <summary>The change feed.</summary>
    public DbSet<ItemChange> ItemChanges => Set<ItemChange>();

    /// <summary>How far followers of the change feed have come.</summary>
    public DbSet<FeedPlace> FeedPlaces => Set<FeedPlace>();

    /// <summary>What people did to items.</summary>
    public DbSet<ItemEvent> ItemEvents => Set<ItemEvent>();

    /// <summary>Registered metadata schemas.</summary>
    public DbSet<MetadataSchema> MetadataSchemas => Set<MetadataSchema>();

    /// <summary>Registered metadata fields.</summary>
    public DbSet<MetadataField> MetadataFields => Set<MetadataField>();

    /// <summary>Registered kinds of things that items describe.</summary>
    public DbSet<EntityType> EntityTypes => Set<EntityType>();

    /// <summary>Registered ways in which items can be related.</summary>
    public DbSet<RelationshipType> RelationshipTypes => Set<RelationshipType>();

    /// <summary>Which items are related.</summary>
    public DbSet<Relationship> Relationships => Set<Relationship>();

    /// <summary>Relationships that imports have still to make.</summary>
    public DbSet<PendingRelationship> PendingRelationships => Set<PendingRelationship>();

    /// <summary>Queries that people keep under names.</summary>
    public DbSet<SavedSearch> SavedSearches => Set<SavedSearch>();

    /// <summary>Processes.</summary>
    public DbSet<Process> Processes => Set<Process>();

    /// <summary>What became of each item of a process.</summary>
    public DbSet<JournalEntry> Journal => Set<JournalEntry>();

    /// <summary>Lines of the logs of processes.</summary>
    public DbSet<LogLine> LogLines => Set<LogLine>();

    /// <summary>What processes found in their input.</summary>
    public DbSet<ProcessFinding> Findings => Set<ProcessFinding>();

    /// <summary>Files that belong to processes.</summary>
    public DbSet<ProcessFile> ProcessFiles => Set<ProcessFile>();

    /// <summary>Files that were sent and wait for the process that uses them.</summary>
    public DbSet<Upload> Uploads => Set<Upload>();

    /// <summary>Contents that perhaps nothing refers to.</summary>
    public DbSet<LooseContent> LooseContents => Set<LooseContent>();

    /// <summary>What items were before a process replaced them.</summary>
    public DbSet<ReplacedItem> ReplacedItems => Set<ReplacedItem>();

    /// <summary>Contents that an undo will need.</summary>
    public DbSet<KeptContent> KeptContents => Set<KeptContent>();

    /// <summary>Files that are being sent in several goes.</summary>
    public DbSet<PartialUpload> PartialUploads => Set<PartialUpload>();

    /// <summary>Mails to be sent, and those that were.</summary>
    public DbSet<OutgoingMail> Mails => Set<OutgoingMail>();

    /// <summary>Items that wait for review, or for their submitter after it.</summary>
    public DbSet<ReviewTask> ReviewTasks => Set<ReviewTask>();

    /// <summary>Which items exports take.</summary>
    public DbSet<SafExportItem> ExportItems => Set<SafExportItem>();

    /// <summary>How far exports have come with their ZIPs.</summary>
    public DbSet<SafExportPart> ExportParts => Set<SafExportPart>();

    /// <summary>Items in the formats in which they are given away.</summary>
    public DbSet<ItemFormat> ItemFormats => Set<ItemFormat>();

    /// <summary>The formats in which items are kept.</summary>
    public DbSet<KeptFormat> KeptFormats => Set<KeptFormat>();

    /// <summary>OAI sets.</summary>
    public DbSet<OaiSet> OaiSets => Set<OaiSet>();

    /// <summary>Items that harvesters may have heard of.</summary>
    public DbSet<OaiItem> OaiItems => Set<OaiItem>();

    /// <summary>What harvesters are told of items in sets.</summary>
    public DbSet<OaiRecord> OaiRecords => Set<OaiRecord>();

    /// <summary>How the OAI-PMH provider presents itself.</summary>
    public DbSet<OaiServer> OaiServers => Set<OaiServer>();

    /// <summary>What harvesters asked for lately, request by request.</summary>
    public DbSet<OaiAccess> OaiAccesses => Set<OaiAccess>();

    /// <summary>What harvesters asked for, day by day.</summary>
    public DbSet<OaiHarvesterDay> OaiHarvesterDays => Set<OaiHarvesterDay>();

    /// <summary>Keys with which the nodes protect cookies and tokens.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasCollation("case_insensitive", locale: "und-u-ks-level2", provider: "icu", deterministic: false);
        builder.HasSequence<long>("handle_suffix");
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            // A table is named like its entity, not like the DbSet that lists it.
            if (!entity.HasSharedClrType && ((IConventionEntityType)entity).GetTableNameConfigurationSource() != ConfigurationSource.Explicit)
            {
                entity.SetTableName(SnakeCase(entity.ClrType.Name));
            }

            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }

        // Only now, because the default names are made of the names of tables and columns.
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            foreach (var key in entity.GetKeys())
            {
                key.SetName(key.GetName()?.ToLowerInvariant());
            }

            foreach (var key in entity.GetForeignKeys())
            {
                key.SetConstraintName(key.GetConstraintName()?.ToLowerInvariant());
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(index.GetDatabaseName()?.ToLowerInvariant());
            }
        }
    }

    // EPersonId becomes eperson_id: the field writes "eperson" as one word.
    private static string SnakeCase(string name) =>
        NpgsqlSnakeCaseNameTranslator.ConvertToSnakeCase(name.Replace("EPerson", "Eperson"), System.Globalization.CultureInfo.InvariantCulture);
}
