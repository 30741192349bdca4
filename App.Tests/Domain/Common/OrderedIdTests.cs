using AdminPortal.Domain.Common;

namespace AdminPortal.Tests.Domain.Common;

public sealed class OrderedIdTests
{
    [Fact]
    public void Next_ManyInOneMillisecond_SortAsTheyWereMade()
    {
        var made = Enumerable.Range(0, 20_000).Select(_ => OrderedId.Next()).ToList();

        Assert.Equal(made.Order(), made);
        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.All(made, id => Assert.Equal(7, id.Version));
    }
}
