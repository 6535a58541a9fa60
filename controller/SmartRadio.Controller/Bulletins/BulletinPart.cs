namespace SmartRadio.Controller.Bulletins;

/// <summary>What may sound before or after the words.</summary>
public enum Cue
{
    None,

    /// <summary>Ding-dong.</summary>
    TwoTone,

    /// <summary>Three rising tones.</summary>
    ThreeTone,

    /// <summary>A rising and falling siren, for drills. It takes the right to alert.</summary>
    Siren,

    /// <summary>A bulletin whose origin is <see cref="BulletinOrigin.Melody"/>.</summary>
    Melody,
}

public enum PartKind
{
    Opening,

    /// <summary>The text or the recording, once for each language.</summary>
    Words,

    Pause,

    /// <summary>A bulletin in a programme.</summary>
    Bulletin,

    Closing,
}

/// <summary>
/// One part of a bulletin's sound, in the order in which they sound. A bulletin made before there were parts has no rows.
/// </summary>
public sealed class BulletinPart
{
    public long BulletinId { get; set; }

    /// <summary>From 0 on.</summary>
    public int Position { get; set; }

    public PartKind Kind { get; set; }

    /// <summary>Of an opening or a closing.</summary>
    public Cue? Cue { get; set; }

    /// <summary>Of words; null = Vietnamese.</summary>
    public string? Language { get; set; }

    /// <summary>What was spoken, of words that were added as text.</summary>
    public string? Text { get; set; }

    /// <summary>The id of the voice that spoke them.</summary>
    public string? Voice { get; set; }

    /// <summary>The voice that was asked for and did not answer: <see cref="Voice"/> spoke in its place.</summary>
    public string? AskedVoice { get; set; }

    /// <summary>The melody or the bulletin that sounds.</summary>
    public long? SourceId { get; set; }

    /// <summary>From the beginning of the sound.</summary>
    public TimeSpan Start { get; set; }

    public TimeSpan Length { get; set; }
}
