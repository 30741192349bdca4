using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

public sealed class PostingSetTests
{
    private static readonly int[] _sizes = [1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000, 4096, 10_000];
    private static readonly double[] _shares = [0, 0.001, 0.01, 0.03, 0.0313, 0.035, 0.1, 0.5, 0.98, 1];

    private readonly Random _random = new(20261122);

    [Fact]
    public void AndOrExcept_SetsOfAllSizes_AreThoseOfPlainSets()
    {
        for (var round = 0; round < 3_000; round++)
        {
            var ((one, a), (other, b)) = (Make(), Make());

            Same(a.Intersect(b), one.And(other), round);
            Same(a.Union(b), one.Or(other), round);
            Same(a.Except(b), one.Except(other), round);
            Same(a, one, round);
            Same(b, other, round);
            Assert.Equal(Math.Max(one.Size, other.Size), one.Or(other).Size);
        }
    }

    [Fact]
    public void Set_ManyChanges_AreThoseOfAPlainSet()
    {
        for (var round = 0; round < 400; round++)
        {
            var (set, plain) = Make();
            var copy = set.Or(PostingSet.Empty(set.Size));
            var before = plain.ToList();
            for (var change = _random.Next(300); change > 0; change--)
            {
                var (number, isIn) = (_random.Next(set.Size + (_random.Next(10) == 0 ? 200 : 1)), _random.Next(2) == 0);
                set.Set(number, isIn);
                _ = isIn ? plain.Add(number) : plain.Remove(number);
                Assert.True(set.Size > number);
                Assert.Equal((plain.Count, isIn), (set.Count, set.Contains(number)));
            }

            Same(plain, set, round);
            Same(before, copy, round);
            var (other, b) = Make();
            Same(plain.Intersect(b), set.And(other), round);
            Same(plain.Union(b), other.Or(set), round);
            Same(b.Except(plain), other.Except(set), round);
        }
    }

    [Fact]
    public void Empty_WhateverItIsJoinedWith_AddsNothing()
    {
        var (set, _) = Make();

        Assert.Equal((0, 0, 0), (PostingSet.Empty(0).Count, PostingSet.Empty(0).And(set).Count, PostingSet.Of([], 0).Except(set).Count));
        Assert.Equal(set.Numbers(), PostingSet.Empty(0).Or(set).Numbers());
        Assert.Equal(set.Numbers(), set.Except(PostingSet.Empty(0)).Numbers());
    }

    private (PostingSet Set, SortedSet<int> Plain) Make()
    {
        var (size, share) = (_sizes[_random.Next(_sizes.Length)], _shares[_random.Next(_shares.Length)]);
        var plain = new SortedSet<int>(Enumerable.Range(0, size).Where(_ => _random.NextDouble() < share));
        return (PostingSet.Of([.. plain], size), plain);
    }

    private void Same(IEnumerable<int> expected, PostingSet set, int round)
    {
        var numbers = expected.Order().ToList();
        Assert.True(numbers.SequenceEqual(set.Numbers()), $"round {round}: other numbers");
        Assert.True(numbers.Count == set.Count, $"round {round}: {set.Count} instead of {numbers.Count}");
        var probe = _random.Next(set.Size + 100);
        Assert.True(numbers.BinarySearch(probe) >= 0 == set.Contains(probe), $"round {round}: {probe}");
    }
}
