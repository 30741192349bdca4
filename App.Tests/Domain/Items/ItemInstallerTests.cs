using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.Options;

namespace AdminPortal.Tests.Domain.Items;

public sealed class ItemInstallerTests
{
    private const string Handle = "123456789/42";

    private static readonly string[] _fields = ["dc.title", "dc.identifier.uri", "dc.date.issued", "dc.date.accessioned", "dc.date.available", "dc.description.provenance"];
    private static readonly string[] _texts = ["today", "Rivers", "123456789/7", "https://hdl.handle.net/123456789/42", "hdl:10.1/x", "https://example.org/page"];

    private readonly ItemInstaller _installer = new(new HandleService(Options.Create(new HandleOptions())), new TestClock());

    [Fact]
    public void Install_AnyValues_GetTheHandleAndTheDatesOnceAndKeepTheRestInOrder()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 2_000; round++)
        {
            MetadataValue[] values = [.. Enumerable.Range(0, random.Next(8)).Select(_ => new MetadataValue { Field = _fields[random.Next(_fields.Length)], Value = _texts[random.Next(_texts.Length)] })];

            var installed = _installer.Install(values, Handle);

            Assert.Equal(1, installed.Count(value => value is { Field: "dc.identifier.uri", Value: "https://hdl.handle.net/123456789/42" }));
            Assert.DoesNotContain(installed, value => value is { Field: "dc.identifier.uri", Value: "123456789/7" or "hdl:10.1/x" });
            Assert.DoesNotContain(installed, value => value is { Field: "dc.date.issued", Value: "today" });
            foreach (var date in new[] { "dc.date.accessioned", "dc.date.available" })
            {
                Assert.Equal(Math.Max(1, values.Count(value => value.Field == date)), installed.Count(value => value.Field == date));
            }

            var kept = values.Where(value => value.Field != "dc.date.issued" && (value.Field != "dc.identifier.uri" || value.Value is "Rivers" or "today" or "https://example.org/page"));
            Assert.Equal(kept, installed.Where(value => value is not { Field: "dc.date.issued" } and not { Field: "dc.identifier.uri", Value: "https://hdl.handle.net/123456789/42" }).Take(kept.Count()));
            Assert.Equal(installed.Order(_byText), _installer.Install(installed, Handle).Order(_byText));
        }
    }

    [Fact]
    public void NoteArrival_ItemThatBringsItsProvenance_KeepsThatAlone()
    {
        MetadataValue[] values = [new() { Field = "dc.description.provenance", Value = "Submitted elsewhere" }];

        Assert.Same(values, _installer.NoteArrival(values, "Imported", []));
    }

    private static readonly IComparer<MetadataValue> _byText = Comparer<MetadataValue>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
}
