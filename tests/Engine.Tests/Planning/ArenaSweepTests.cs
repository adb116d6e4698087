using LiveCam.Engine.Planning;

namespace LiveCam.Engine.Tests.Planning;

/// <summary>Places of many blocks: those that live at one time never overlap, and memory is used again.</summary>
public sealed class ArenaSweepTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Blocks_that_meet_in_time_do_not_meet_in_memory(int seed)
    {
        var random = new Random(seed);
        List<Block> blocks = [.. Enumerable.Range(0, 600).Select(_ => random.Next(-1, 300) is var from ? new Block(64 * random.Next(0, 50), 0, from, random.Next(10) == 0 ? int.MaxValue : from + random.Next(40)) : default)];
        (IReadOnlyList<Block> placed, long bytes) = ArenaSweep.Place(blocks);
        for (int i = 0; i < placed.Count; i++)
        {
            Assert.Equal(blocks[i], placed[i] with { Offset = 0 });
            Assert.InRange(placed[i].Offset + placed[i].Bytes, 0, bytes);
            for (int j = 0; j < i; j++)
                if (placed[i].From <= placed[j].To && placed[j].From <= placed[i].To)
                    Assert.True(placed[i].Offset + placed[i].Bytes <= placed[j].Offset || placed[j].Offset + placed[j].Bytes <= placed[i].Offset || placed[i].Bytes == 0 || placed[j].Bytes == 0,
                        $"{placed[i]} and {placed[j]} overlap");
        }
    }

    [Fact]
    public void A_chain_takes_no_more_than_two_of_its_links()
    {
        List<Block> chain = [.. Enumerable.Range(0, 5000).Select(i => new Block(128, 0, i, i + 1))];
        Assert.Equal(256, ArenaSweep.Place(chain).Item2);
    }
}
