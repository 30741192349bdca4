using System.Text;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class ZipVerifyTests : IDisposable
{
    private static readonly string _xml = SafPackageBuilder.Titled("T");
    private readonly SafPackageBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData(false, 4u, null, "ends after 5 of 4 bytes|expands to more than the 4 bytes|is stored with a length other than it declares")]
    [InlineData(true, 4u, null, "expands to more than the 4 bytes that it declares")]
    [InlineData(true, 6u, null, "ends after 5 of 6 bytes")]
    [InlineData(true, null, 1u, "is damaged: its checksum (CRC-32) differs")]
    [InlineData(false, null, 1u, "is damaged: its checksum (CRC-32) differs")]
    public async Task VerifyAsync_EntryOtherThanDeclared_RefusesThePackage(bool isDeflated, uint? length, uint? crc, string expected)
    {
        var zip = RawZip.Write(new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/a.txt", "12345") { IsDeflated = isDeflated, DeclaredLength = length, Crc = crc });

        var refusal = await Assert.ThrowsAsync<SafRefusedException>(async () =>
        {
            using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());
            await package.VerifyAsync(null, TestContext.Current.CancellationToken);
        });

        Assert.Contains(expected.Split('|'), text => refusal.Findings[0].Message.StartsWith($"item_0/a.txt {text}", StringComparison.Ordinal));
        Assert.Single(refusal.Findings);
    }

    [Fact]
    public async Task VerifyAsync_FlippedBitAnywhereInTheData_IsNoticed()
    {
        var data = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"{i * i},")));
        var whole = RawZip.Write(new("item_0/dublin_core.xml", _xml), new RawZipEntry("item_0/a.txt"u8.ToArray(), data) { IsDeflated = true });
        var start = whole.AsSpan().IndexOf("item_0/a.txt"u8) + "item_0/a.txt".Length;
        var end = whole.AsSpan().IndexOf("PK\x01\x02"u8);

        for (var at = start; at < end; at += 11)
        {
            var zip = whole.ToArray();
            zip[at] ^= 0x10;
            using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());
            var refusal = await Assert.ThrowsAsync<SafRefusedException>(() => package.VerifyAsync(null, TestContext.Current.CancellationToken));
            Assert.Equal(("item_0", "a.txt"), (refusal.Findings[0].Item, refusal.Findings[0].File));
        }
    }

    [Fact]
    public async Task VerifyAsync_Cancelled_Stops()
    {
        using var package = SafPackage.Open(_builder.WithItems(50, 100).Zip(), new SafLimits());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => package.VerifyAsync(null, new CancellationToken(canceled: true)));
    }
}
