using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
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
        services.AddOptions<VoiceOptions>().BindConfiguration(VoiceOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VoiceOptions>, VoiceCheck>();
        services.AddSingleton<EspeakSynthesizer>();
        services.AddSingleton<ProgramSynthesizer>();
        services.AddSingleton<ServiceSynthesizer>();
        services.AddSingleton<SpokenSound>();
        services.AddSingleton<ISpeechSynthesizer, InstalledVoices>();
        return services;
    }
}
