namespace SmartRadio.Audio.Speech;

/// <summary>Voices beside espeak-ng's, bound from the configuration section <c>Voices</c>.</summary>
public sealed class VoiceOptions
{
    /// <summary>The configuration section these are bound from.</summary>
    public const string Section = "Voices";

    /// <summary>Programs that take text and give a WAV file.</summary>
    public IList<VoiceProgram> Programs { get; } = [];

    /// <summary>Services that take text and give a sound, reached over HTTP.</summary>
    public IList<VoiceService> Services { get; } = [];

    /// <summary>The voice of espeak-ng that speaks where another does not answer.</summary>
    public string Fallback { get; set; } = "north";
}
