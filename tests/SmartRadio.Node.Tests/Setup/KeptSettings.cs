using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Setup;

/// <summary>The power cut at every byte is in <see cref="Storage.Stores_cut_at_any_byte"/>.</summary>
public class Settings_on_the_flash
{
    private readonly BenchFiles _files = new();

    public Settings_on_the_flash()
    {
        Set("network", "loa 1");
        Set("network", "loa 2");
    }

    [Theory]
    [InlineData("settings.0", "loa 2")]
    [InlineData("settings.1", "loa 1")]
    public void Are_those_before_when_the_newest_are_spoilt(string spoilt, string network)
    {
        for (var bit = 0; bit < _files.Content[spoilt].Length * 8; bit++)
        {
            var files = _files.AfterPowerCut();
            files.Content[spoilt] = [.. files.Content[spoilt]];
            files.Content[spoilt][bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(network, new DeviceSettings(files).Get("network"));
        }
    }

    [Fact]
    public void Are_none_when_all_is_lost()
    {
        _files.Content["settings.0"] = [];
        _files.Content["settings.1"] = [.. Enumerable.Repeat((byte)0xff, 100)];

        Assert.Equal(0, new DeviceSettings(_files).Count);
    }

    [Fact]
    public void Come_from_lines_that_any_editor_wrote()
    {
        var settings = new DeviceSettings(new BenchFiles());
        settings.Read("network=loa = 1 \r\n\r\n# a remark\r\n=\r\npassword= a\nstorage=I");

        Assert.Equal(("loa = 1 ", " a", "I", 3), (settings.Get("network"), settings.Get("password"), settings.Get("storage"), settings.Count));
    }

    private void Set(string name, string value)
    {
        var settings = new DeviceSettings(_files);
        settings.Set(name, value);
        Assert.True(settings.Store());
    }
}
