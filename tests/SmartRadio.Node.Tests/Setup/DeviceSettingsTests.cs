using SmartRadio.Node.Setup;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Setup;

/// <summary>The power cut at every byte is in <see cref="Storage.CutWriteTests"/>.</summary>
public class DeviceSettingsTests
{
    private readonly BenchFiles _files = new();

    public DeviceSettingsTests()
    {
        Set("network", "loa 1");
        Set("network", "loa 2");
    }

    [Theory]
    [InlineData("settings.0", "loa 2")]
    [InlineData("settings.1", "loa 1")]
    public void Settings_are_those_before_when_the_newest_are_spoilt(string spoilt, string network)
    {
        for (var bit = 0; bit < _files.Content[spoilt].Length * 8; bit++)
        {
            var files = _files.AfterPowerCut();
            files.Content[spoilt] = [.. files.Content[spoilt]];
            files.Content[spoilt][bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(network, new DeviceSettings(files).Get("network"));
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("storage I", false)]
    [InlineData("storage D", true)]
    public void Card_is_used_only_when_it_was_asked_for(string typed, bool wantsCard)
    {
        var installer = new Installer();
        installer.Say(typed);

        Assert.Equal(wantsCard, installer.Kept().WantsCard);
    }

    [Fact]
    public void Settings_are_none_when_all_is_lost()
    {
        _files.Content["settings.0"] = [];
        _files.Content["settings.1"] = [.. Enumerable.Repeat((byte)0xff, 100)];

        Assert.Equal(0, new DeviceSettings(_files).Count);
    }

    [Fact]
    public void Settings_come_from_lines_that_any_editor_wrote()
    {
        var settings = new DeviceSettings(new BenchFiles());
        settings.Read("network=loa = 1 \r\n\r\n# a remark\r\n=\r\npassword= a\nstorage=I"u8.ToArray());

        Assert.Equal(
            ("loa = 1 ", " a", "I", 3),
            (settings.Get("network"), settings.Get("password"), settings.Get("storage"), settings.Count));
    }

    [Fact]
    public void Settings_come_from_lines_behind_a_byte_order_mark()
    {
        var settings = new DeviceSettings(new BenchFiles());
        settings.Read([0xef, 0xbb, 0xbf, .. "network=thôn 1\nstorage=I"u8]);

        Assert.Equal(("thôn 1", "I", 2), (settings.Get("network"), settings.Get("storage"), settings.Count));
    }

    [Fact]
    public void Settings_erased_and_cut_at_any_byte_are_the_newest_or_none()
    {
        var seen = new HashSet<string>();
        for (var power = 0; !seen.Contains("none"); power++)
        {
            var files = _files.AfterPowerCut();
            files.PowerLeft = power;
            var cut = Record.Exception(() => new DeviceSettings(files).Erase());
            seen.Add(cut is null ? "none" : "cut");

            var kept = new DeviceSettings(files.AfterPowerCut());
            Assert.Contains(kept.Get("network"), cut is null ? [string.Empty] : new[] { "loa 2", string.Empty });
        }

        Assert.Contains("cut", seen);
    }

    [Fact]
    public void Settings_that_are_erased_are_in_neither_file()
    {
        new DeviceSettings(_files).Erase();

        Assert.All(
            _files.Content.Values,
            bytes => Assert.DoesNotContain("loa", System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal));
    }

    private void Set(string name, string value)
    {
        var settings = new DeviceSettings(_files);
        settings.Set(name, value);
        Assert.True(settings.Store());
    }
}
