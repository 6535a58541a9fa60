using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Protocol.Tests;

/// <summary>The tables are written out for the device; here stands the rule they follow.</summary>
public class ImaTablesTests
{
    private static readonly int[] IndexMoves = [-1, -1, -1, -1, 2, 4, 6, 8];

    [Fact]
    public void Steps_are_those_of_the_standard()
    {
        Assert.Equal([7, 8, 9, 10, 11], Enumerable.Range(0, 5).Select(ImaAdpcm.Step));
        Assert.Equal([24_623, 27_086, 29_794, 32_767], Enumerable.Range(ImaAdpcm.StepCount - 4, 4).Select(ImaAdpcm.Step));
        Assert.All(
            Enumerable.Range(12, ImaAdpcm.StepCount - 12),
            index => Assert.InRange(ImaAdpcm.Step(index) / (double)ImaAdpcm.Step(index - 1), 1.05, 1.15));
    }

    [Fact]
    public void Differences_follow_the_bits_of_the_nibble()
    {
        var expected = Enumerable.Range(0, ImaAdpcm.StepCount * 16).Select(row =>
        {
            var step = ImaAdpcm.Step(row >> 4);
            var size = (step >> 3) + ((row & 4) / 4 * step) + ((row & 2) / 2 * (step >> 1)) + ((row & 1) * (step >> 2));
            return (row & 8) == 0 ? size : -size;
        });

        Assert.Equal(expected, ImaAdpcm.Differences());
    }

    [Fact]
    public void States_move_by_the_low_bits_of_the_nibble() => Assert.Equal(
        Enumerable.Range(0, ImaAdpcm.StepCount * 16)
            .Select(row => (short)(Math.Clamp((row >> 4) + IndexMoves[row & 7], 0, ImaAdpcm.StepCount - 1) * 16)),
        ImaAdpcm.NextStates());
}
