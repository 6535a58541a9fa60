using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartRadio.Audio.Codecs;
using SmartRadio.Audio.Speech;

namespace SmartRadio.Audio.Tests;

/// <summary>A host adds the library in one line, and wrong settings are found at the start.</summary>
public sealed class SettingUpTests
{
    [Fact]
    public void Settings_come_from_the_configuration()
    {
        using var services = Services(("Audio:TargetLufs", "-18"), ("Audio:MaxLength", "00:10:00"));

        Assert.Equal(-18, services.GetRequiredService<IOptions<AudioOptions>>().Value.TargetLufs);
        Assert.Equal(TimeSpan.FromMinutes(10), services.GetRequiredService<IOptions<AudioOptions>>().Value.MaxLength);
        Assert.NotNull(services.GetRequiredService<AudioPreparer>());
        Assert.NotNull(services.GetRequiredService<MasterEncoder>());
        Assert.NotNull(services.GetRequiredService<PreviewEncoder>());
        Assert.NotNull(services.GetRequiredService<ISpeechSynthesizer>());
    }

    [Theory]
    [InlineData("Audio:TargetLufs", "0")]
    [InlineData("Audio:MaxLength", "00:00:00")]
    [InlineData("Audio:MaxTextLength", "0")]
    [InlineData("Audio:SpeechRate", "1000")]
    [InlineData("Audio:MaxToolMemoryMegabytes", "1")]
    public void A_setting_out_of_range_is_refused(string key, string value)
    {
        using var services = Services((key, value));

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
                .Build())
            .AddAudio()
            .BuildServiceProvider(validateScopes: true);
}
