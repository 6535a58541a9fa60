namespace SmartRadio.Node.Tests;

public class The_reset_button
{
    private const long Second = 1_000_000;

    [Fact]
    public void Held_for_ten_seconds_from_power_up_erases() => Assert.Equal((ResetStep.Erase, 10), Press(new FactoryReset(false, 0), _ => true));

    [Fact]
    public void Let_go_earlier_does_nothing() => Assert.Equal((ResetStep.Over, 9), Press(new FactoryReset(false, 0), second => second < 9));

    [Fact]
    public void Pressed_only_after_power_up_does_nothing() => Assert.Equal((ResetStep.Over, 0), Press(new FactoryReset(false, 0), second => second > 0));

    [Fact]
    public void That_is_stuck_down_erases_once_however_often_the_device_starts()
    {
        var marked = false;
        var erased = 0;
        for (var start = 0; start < 20; start++)
        {
            var (step, _) = Press(new FactoryReset(marked, 0), _ => true);
            erased += step == ResetStep.Erase ? 1 : 0;
            marked |= step == ResetStep.Erase;
            marked &= step != ResetStep.Rearm;
        }

        Assert.Equal(1, erased);
    }

    [Fact]
    public void Works_again_once_it_was_seen_up()
    {
        Assert.Equal(ResetStep.Rearm, Press(new FactoryReset(true, 0), _ => false).Step);
        Assert.Equal(ResetStep.Erase, Press(new FactoryReset(false, 0), _ => true).Step);
    }

    private static (ResetStep Step, int Second) Press(FactoryReset button, Func<int, bool> isDown)
    {
        for (var second = 0; ; second++)
        {
            var step = button.Look(isDown(second), second * Second);
            if (step != ResetStep.Look)
            {
                return (step, second);
            }
        }
    }
}
