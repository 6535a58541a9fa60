namespace SmartRadio.Audio.Speech;

/// <summary>A program that reads UTF-8 text from its input, to the end, and writes a WAV file to its output.</summary>
public sealed class VoiceProgram
{
    /// <summary>Of the voice.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>What the voice is called on a Vietnamese screen; empty = its id.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What the voice is called on an English screen; empty = its Vietnamese name.</summary>
    public string EnglishName { get; set; } = string.Empty;

    /// <summary>
    /// The name of its language as areas have it; empty = Vietnamese. What a voice of another language is given is not read by
    /// Vietnamese rules, and no Vietnamese voice speaks in its place.
    /// </summary>
    public string Language { get; set; } = string.Empty;

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
