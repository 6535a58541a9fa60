namespace SmartRadio.Audio;

/// <summary>
/// Why a sound or a text was not taken. Whoever faces a person turns it into a sentence in that person's language.
/// </summary>
public enum AudioRefusal
{
    /// <summary>The file has no bytes, or a heading and no sound after it.</summary>
    Empty,

    /// <summary>The file is no sound of a kind that is read, or has no sound track.</summary>
    NotAudio,

    /// <summary>The file is cut off or damaged: far less sound can be read than it says it holds.</summary>
    Truncated,

    /// <summary>The file lacks the index at its end without which nothing of it can be read.</summary>
    Unfinished,

    /// <summary>The sound is longer than <see cref="AudioOptions.MaxLength"/>.</summary>
    TooLong,

    /// <summary>There is nothing in the sound that could be heard: it is below -60 LUFS, and as loud all the time.</summary>
    Silent,

    /// <summary>There is no letter or digit in the text.</summary>
    NoText,

    /// <summary>The text is longer than <see cref="AudioOptions.MaxTextLength"/>.</summary>
    TextTooLong,

    /// <summary>No voice has this id.</summary>
    UnknownVoice,

    /// <summary>The work took longer than its limit.</summary>
    TimedOut,

    /// <summary>The disk is full. Nothing was left on it.</summary>
    DiskFull,

    /// <summary>ffmpeg is not installed, or not where the options say.</summary>
    FfmpegMissing,

    /// <summary>espeak-ng is not installed, or not where the options say.</summary>
    EspeakMissing,

    /// <summary>
    /// ffmpeg or espeak-ng could not be started, or failed in a way that is not the input's fault: see the message.
    /// </summary>
    ToolFailed,

    /// <summary>ffmpeg or espeak-ng crashed on this input, on all of it and on its parts.</summary>
    ToolCrashed,

    /// <summary>Something outside ended ffmpeg or espeak-ng: a person, or a machine short of memory.</summary>
    ToolKilled,
}

/// <summary>A sound or a text was not taken. Nothing was changed.</summary>
public sealed class AudioRefusedException : Exception
{
    public AudioRefusedException(AudioRefusal reason, string detail, Exception? inner = null)
        : base($"{reason}: {detail}", inner)
    {
        Reason = reason;
    }

    /// <summary>Where the sound of a cut file ends.</summary>
    public TimeSpan EndsAt { get; init; }

    /// <summary>The piece of a text that made the voice crash, or null.</summary>
    public string? Piece { get; init; }

    /// <summary>The reason, for the sentence a person reads; the message is for the log.</summary>
    public AudioRefusal Reason { get; }
}
