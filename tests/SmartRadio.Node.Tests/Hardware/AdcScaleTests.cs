using SmartRadio.Node.Hardware;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Hardware;

public class AdcScaleTests
{
    [Theory]
    [InlineData(1000, 4095, 3100)]
    [InlineData(1000, 0, 0)]
    [InlineData(1000, 1321, 1000)]
    [InlineData(1050, 4095, 3255)]
    [InlineData(900, 4095, 2790)]
    [InlineData(0, 4095, 3100)]
    [InlineData(1201, 4095, 3100)]
    public void Value_is_scaled_by_the_device_s_own_factor(int thousandths, int value, int millivolts) =>
        Assert.Equal(millivolts, new AdcScale(thousandths).Millivolts(value, 4095));

    [Theory]
    [InlineData("adc 1012", "What the converter reads is multiplied by 1012/1000 after the next start.", "1012")]
    [InlineData("adc 799", "adc THOUSANDTHS: 1000 × the supply on a meter / the supply on the node's page, 800 to 1200.", "")]
    [InlineData("adc", "adc THOUSANDTHS: 1000 × the supply on a meter / the supply on the node's page, 800 to 1200.", "")]
    public void Installer_sets_the_factor(string typed, string answer, string kept)
    {
        var installer = new Installer();

        Assert.Equal(answer, installer.Say(typed));
        Assert.Equal(kept, installer.Kept().Get("adc"));
    }
}
