using Microsoft.Extensions.Options;

namespace SmartRadio.Audio.Speech;

/// <summary>Voices beside espeak-ng's, bound from the configuration section <c>Voices</c>.</summary>
public sealed class VoiceOptions
{
    /// <summary>The configuration section these are bound from.</summary>
    public const string Section = "Voices";

    /// <summary>Programs that take text and give a WAV file.</summary>
    public IList<VoiceProgram> Programs { get; } = [];

    /// <summary>The voice of espeak-ng that speaks where another does not answer.</summary>
    public string Fallback { get; set; } = "north";
}

/// <summary>A program that reads UTF-8 text from its input, to the end, and writes a WAV file to its output.</summary>
public sealed class VoiceProgram
{
    /// <summary>Of the voice.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>What the voice is called on a Vietnamese screen; empty = its id.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What the voice is called on an English screen; empty = its Vietnamese name.</summary>
    public string EnglishName { get; set; } = string.Empty;

    /// <summary>The whole path of the program.</summary>
    public string Program { get; set; } = string.Empty;

    /// <summary>Its arguments. <c>{speed}</c> is the pace, <c>{length}</c> its inverse, <c>{pitch}</c> 0 to 99.</summary>
    public IList<string> Arguments { get; } = [];

    /// <summary>The files and folders that it reads beside its own folder, in the sandbox.</summary>
    public IList<string> Files { get; } = [];

    /// <summary>The longest it may run.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The address space it may take, in mebibytes. Programs with a neural network take more than espeak-ng.</summary>
    public int MemoryMegabytes { get; set; } = 4096;
}

/// <summary>Stops the start where a voice cannot be run.</summary>
internal sealed class VoiceCheck(EspeakSynthesizer espeak) : IValidateOptions<VoiceOptions>
{
    public ValidateOptionsResult Validate(string? name, VoiceOptions options)
    {
        var own = espeak.Voices.Select(voice => voice.Id).ToList();
        var ids = own.Concat(options.Programs.Select(program => program.Id)).ToList();
        var fault = options.Programs.Any(each => each.Id.Length == 0 || !Path.IsPathRooted(each.Program))
            ? "Each voice needs an Id and the whole path of its Program."
            : ids.Count != ids.Distinct(StringComparer.Ordinal).Count() ? "Two voices have the same Id."
            : !own.Contains(options.Fallback, StringComparer.Ordinal) ? "Fallback must be a voice of espeak-ng." : null;
        return fault is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{VoiceOptions.Section}: {fault}");
    }
}
