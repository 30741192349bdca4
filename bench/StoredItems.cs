namespace AdminPortal.Bench;

/// <summary>Items that are in a repository before something is measured: each with metadata, a handle, a collection and a file, written by the database itself.</summary>
internal static class StoredItems
{
    /// <summary>Adds them to a collection. Their files have addresses that nothing in the store has.</summary>
    public static Task AddAsync(Portal portal, string collection, int count) => count == 0 ? Task.CompletedTask : portal.ExecuteAsync(
        $$"""
          BEGIN;
          CREATE TEMPORARY TABLE stored ON COMMIT DROP AS
              SELECT i, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid AS id FROM generate_series(1, {{count}}) AS i;
          INSERT INTO item (id, state, discoverable, created, last_modified, metadata)
              SELECT id, 'Archived', true, now(), now(), jsonb_build_array(
                  jsonb_build_object('field', 'dc.title', 'value', 'Stored sheet ' || i || ' of the mountain range', 'language', 'en'),
                  jsonb_build_object('field', 'dc.contributor.author', 'value', 'Surveyor, Number ' || i % 1000),
                  jsonb_build_object('field', 'dc.date.issued', 'value', (1850 + i % 176)::text),
                  jsonb_build_object('field', 'dc.subject', 'value', 'cartography'),
                  jsonb_build_object('field', 'dc.identifier.uri', 'value', 'https://hdl.handle.net/123456789/s' || i),
                  jsonb_build_object('field', 'dc.type', 'value', 'Map')) FROM stored;
          INSERT INTO handle (value, item_id) SELECT '123456789/s' || i, id FROM stored;
          INSERT INTO collection_item (collection_id, item_id, place) SELECT collection_id, id, 0 FROM stored, handle WHERE handle.value = '{{collection}}';
          INSERT INTO bitstream (id, item_id, bundle, sequence, name, "primary", size, md5, sha256, metadata)
              SELECT id, id, 'ORIGINAL', 1, 'sheet.tif', false, 20480, md5(i::text), md5(i::text) || md5('x' || i), '[]' FROM stored;
          COMMIT;
          VACUUM ANALYZE;
          """);
}
