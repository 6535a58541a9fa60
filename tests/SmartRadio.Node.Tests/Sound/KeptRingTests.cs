using SmartRadio.Node.Sound;

namespace SmartRadio.Node.Tests.Sound;

/// <summary>The driver stays installed while the rate stays: its ring is empty when the output is opened again.</summary>
public class KeptRingTests
{
    private const int Rate = 8000;
    private const long Idle = 3_600_000_000;

    private readonly RingPace _pace = new(Rate, Rate, 0);

    [Fact]
    public void Ring_that_was_left_alone_holds_nothing_for_certain()
    {
        Assert.Equal(0, _pace.Queued(Idle));
        Assert.Equal(0, _pace.QueuedAtMost(Idle));
    }

    [Fact]
    public void First_sound_after_it_begins_with_the_next_descriptor()
    {
        _pace.Wrote(160, Idle, Idle);

        Assert.InRange(_pace.Queued(Idle), 160, 160 + RingPace.Descriptor);
    }

    [Fact]
    public void Ring_that_was_just_opened_may_not_be_taken_for_an_empty_one() =>
        Assert.True(_pace.QueuedAtMost(100_000) > 0);
}
