using NAudio.Wave;
using SmartRadio.Node.Sound.Vs1053;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Sound.Vs1053;

public sealed class Vs1053Tests
{
    private readonly World _world = new();

    [Fact]
    public void Opening_resets_the_chip_makes_sure_of_it_and_sets_clock_and_volume()
    {
        var chip = new Vs1053Model(_world);

        Assert.True(Output(chip).Open(16000));

        Assert.Equal(["1?", "7=c017", "6=0003", "7=c019", "6=0000", "0=0804", "3=8800", "b=0000"], chip.Commands);
        Assert.False(chip.IsHeldInReset);
    }

    [Fact]
    public void Opening_announces_mono_PCM_of_the_rate_without_a_known_end()
    {
        var chip = new Vs1053Model(_world);

        Output(chip).Open(16000);

        byte[] header = [.. chip.Received];
        Assert.Equal(44, header.Length);
        using var wav = new WaveFileReader(new MemoryStream(header));
        Assert.Equal(new WaveFormat(16000, 16, 1), wav.WaveFormat);
        Assert.InRange(BitConverter.ToInt32(header, 40), 8 * 3600 * 32000, int.MaxValue);
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x0030)]
    [InlineData(0xffff)]
    public void Output_does_not_open_where_no_VS1053_answers(int status)
    {
        var chip = new Vs1053Model(_world) { Registers = { [1] = status } };

        Assert.False(Output(chip).Open(8000));
    }

    [Fact]
    public void A_chip_that_never_becomes_ready_is_given_up_in_a_fraction_of_a_second()
    {
        var before = _world.Microseconds;

        Assert.False(Output(new Vs1053Model(_world) { IsDead = true }).Open(8000));

        Assert.InRange(_world.Microseconds - before, 1, 500_000);
    }

    [Theory]
    [InlineData(8000, 0)]
    [InlineData(16000, 100)]
    [InlineData(8000, -100)]
    public void Sound_arrives_whole_and_what_is_queued_is_known_to_3_ms(int rate, int drift)
    {
        var chip = new Vs1053Model(_world) { Drift = drift };
        var output = Output(chip);
        output.Open(rate);
        var written = new List<byte>();
        long worst = 0;
        for (var end = _world.Microseconds + 600_000_000; _world.Microseconds < end; _world.Advance(5000))
        {
            if (output.Queued < rate * 200 / 1000)
            {
                byte[] slice = [.. Enumerable.Range(written.Count, rate / 50 * 2).Select(i => (byte)(i * 7))];
                Assert.True(output.Write(slice, slice.Length / 2));
                written.AddRange(slice);
            }

            output.Feed();
            var really = ((written.Count - (chip.Received.Count - 44)) / 2) + chip.Held;
            worst = Math.Max(worst, Math.Abs(output.Queued - really));
        }

        Assert.True(chip.Received.Skip(44).SequenceEqual(written.Take(chip.Received.Count - 44)));
        Assert.False(chip.WasOverrun);
        Assert.False(chip.RanDry);
        Assert.InRange(worst, 0, rate * 3 / 1000);
    }

    [Fact]
    public void Write_to_a_chip_that_takes_no_sound_fails_within_about_a_second()
    {
        var chip = new Vs1053Model(_world);
        var output = Output(chip);
        output.Open(8000);
        chip.IsDead = true;
        Assert.True(output.Write(new byte[640], 320));
        for (var i = 0; i < 220; i++)
        {
            output.Feed();
            _world.Advance(5000);
        }

        Assert.Equal(0, output.Queued);
        Assert.False(output.Write(new byte[640], 320));
    }

    [Fact]
    public void More_than_the_ring_holds_is_refused_whole()
    {
        var chip = new Vs1053Model(_world);
        var output = Output(chip);
        output.Open(8000);

        Assert.True(output.Write(new byte[8000], 4000));
        Assert.False(output.Write(new byte[2], 1));
    }

    [Fact]
    public void Closing_silences_it_and_holds_it_in_reset()
    {
        var chip = new Vs1053Model(_world);
        var output = Output(chip);
        output.Open(8000);
        output.Write(new byte[320], 160);

        output.Close();

        Assert.Equal("b=fefe", chip.Commands[^1]);
        Assert.True(chip.IsHeldInReset);
    }

    private Vs1053Output Output(Vs1053Model chip)
    {
        var clock = new BenchClock(_world);
        return new Vs1053Output(new Vs1053Chip(chip, clock), clock);
    }
}
