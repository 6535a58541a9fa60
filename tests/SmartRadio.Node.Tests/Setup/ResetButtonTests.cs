using SmartRadio.Node.Setup;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Setup;

public class ResetButtonTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Button_held_for_ten_seconds_from_power_up_erases() =>
        Assert.Equal((ResetStep.Erase, 10), Press(new FactoryReset(null, 0), _ => true));

    [Fact]
    public void Button_let_go_earlier_does_nothing() =>
        Assert.Equal((ResetStep.Over, 9), Press(new FactoryReset(null, 0), second => second < 9));

    [Fact]
    public void Button_pressed_only_after_power_up_does_nothing() =>
        Assert.Equal((ResetStep.Over, 0), Press(new FactoryReset(null, 0), second => second > 0));

    [Fact]
    public void Button_that_is_stuck_down_erases_once_however_often_the_device_starts()
    {
        byte[]? mark = null;
        var erased = 0;
        for (var start = 0; start < 20; start++)
        {
            var (step, _) = Press(new FactoryReset(mark, 0), _ => true);
            erased += step == ResetStep.Erase ? 1 : 0;
            mark = step switch { ResetStep.Erase => FactoryReset.Done, ResetStep.Rearm => null, _ => mark };
        }

        Assert.Equal(1, erased);
    }

    [Fact]
    public void Button_works_again_once_it_was_seen_up()
    {
        Assert.Equal(ResetStep.Rearm, Press(new FactoryReset(FactoryReset.Done, 0), _ => false).Step);
        Assert.Equal(ResetStep.Erase, Press(new FactoryReset(null, 0), _ => true).Step);
    }

    /// <summary>Behind each step the power goes, or the flash refuses the next one, once or several times.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Erasing_cut_anywhere_goes_on_at_each_start_until_nothing_is_left(bool isDown)
    {
        for (var steps = 1; steps < 5; steps++)
        {
            for (var starts = 1; starts < 4; starts++)
            {
                var device = new Device();
                for (var start = 0; start < starts; start++)
                {
                    device.StepsLeft = steps;
                    Assert.False(FactoryReset.Erase(device));
                    Assert.Equal((ResetStep.Erase, 0), Press(new FactoryReset(device.Mark, 0), _ => isDown));
                }

                device.StepsLeft = 5;
                Assert.True(FactoryReset.Erase(device));

                Assert.Empty(device.Left);
                Assert.Equal(
                    isDown ? ResetStep.Over : ResetStep.Rearm, Press(new FactoryReset(device.Mark, 0), _ => isDown).Step);
            }
        }
    }

    [Fact]
    public void Button_erases_who_the_device_was_before_all_else()
    {
        var device = new Device { StepsLeft = 2 };

        Assert.False(FactoryReset.Erase(device));
        Assert.Equal(["network", "files"], device.Left);
    }

    [Fact]
    public void Button_erases_nothing_that_it_could_not_mark_before()
    {
        var device = new Device { StepsLeft = 0 };

        Assert.False(FactoryReset.Erase(device));
        Assert.Equal(3, device.Left.Count);
        Assert.Null(device.Mark);
    }

    [Fact]
    public void Button_goes_on_erasing_when_the_mark_itself_was_torn() =>
        Assert.Equal(ResetStep.Erase, Press(new FactoryReset([], 0), _ => false).Step);

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

    private sealed class Device : IErasable
    {
        private byte[]? _mark;

        public List<string> Left { get; } = ["settings", "network", "files"];

        public int StepsLeft { get; set; }

        public byte[]? Mark
        {
            get => _mark;
            set
            {
                Spend();
                _mark = value;
            }
        }

        public void EraseSettings() => Erase("settings");

        public void EraseNetwork() => Erase("network");

        public void EraseFiles() => Erase("files");

        private void Erase(string what)
        {
            Spend();
            Left.Remove(what);
        }

        private void Spend()
        {
            if (StepsLeft-- == 0)
            {
                throw new PowerCut();
            }
        }
    }
}
