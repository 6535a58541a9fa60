using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartRadio.Audio.Codecs;
using SmartRadio.Audio.Speech;

namespace SmartRadio.Audio;

/// <summary>Adds the sound library to a host.</summary>
public static class AudioServices
{
    /// <summary>
    /// Adds the preparer, the encoders and the voices, with <see cref="AudioOptions"/> from the section <c>Audio</c>.
    /// </summary>
    public static IServiceCollection AddAudio(this IServiceCollection services)
    {
        services.AddOptions<AudioOptions>().BindConfiguration(AudioOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AudioPreparer>();
        services.AddSingleton<MasterComposer>();
        services.AddSingleton<MasterEncoder>();
        services.AddSingleton<PreviewEncoder>();
        services.AddSingleton<ISpeechSynthesizer, EspeakSynthesizer>();
        return services;
    }
}
