namespace SmartRadio.Protocol.Tests;

public class KeyWrapTests
{
    [Fact]
    public void No_counter_block_comes_twice_in_any_command()
    {
        long[] counters = [1, 2, 255, 256, uint.MaxValue, 1L << 32, (1_795_125_600L << 32) + 9, long.MaxValue];

        var blocks = counters.SelectMany(counter => KeyWrap.CounterBlocks(counter, 32).Chunk(16)).Select(Convert.ToHexString);

        Assert.Distinct(blocks);
    }

    [Fact]
    public void A_key_that_is_combined_twice_is_the_key_again()
    {
        byte[] stream = [.. Enumerable.Range(7, 32).Select(i => (byte)(i * 11))];
        var wrapped = KeyWrap.Combine(Specimens.Secret, stream);

        Assert.NotEqual(Specimens.Secret, wrapped);
        Assert.Equal(Specimens.Secret, KeyWrap.Combine(wrapped, stream));
    }
}
