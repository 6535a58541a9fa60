using SmartRadio.Audio.Composition;

namespace SmartRadio.Controller.Bulletins;

/// <summary>What stands around the words of a bulletin, or around the bulletins of a programme.</summary>
public sealed record BulletinFrame
{
    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A chime in front and nothing after.</summary>
    public static BulletinFrame Usual { get; } = new();

    /// <summary>What sounds first. Null = the two-tone chime, and nothing in an emergency.</summary>
    public Cue? Opening { get; init; }

    /// <summary>What sounds last.</summary>
    public Cue Closing { get; init; }

    /// <summary>Silence after the words, at most <see cref="LongestPause"/>.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>The bulletin that sounds where <see cref="Cue.Melody"/> is chosen.</summary>
    public long? MelodyId { get; init; }

    /// <summary>Another melody for the closing; null = <see cref="MelodyId"/>.</summary>
    public long? ClosingMelodyId { get; init; }

    /// <summary>The bulletin is meant for an emergency: it begins with its words unless an opening is asked for.</summary>
    public bool IsEmergency { get; init; }

    internal Cue FirstCue => Opening ?? (IsEmergency ? Cue.None : Cue.TwoTone);
}

/// <summary>A part that is about to be made.</summary>
/// <param name="Kind">Its place in the bulletin.</param>
/// <param name="Sound">What sounds; null = the words, which are not there yet.</param>
/// <param name="Cue">Of an opening or a closing.</param>
/// <param name="SourceId">The melody or the bulletin that sounds.</param>
/// <param name="Language">Of words.</param>
internal sealed record PlannedPart(
    PartKind Kind, SoundPart? Sound, Cue? Cue = null, long? SourceId = null, string? Language = null)
{
    /// <summary>What was spoken, of words that were added as text.</summary>
    public SpokenWords? Spoken { get; init; }

    /// <summary>A part of a sound that is there.</summary>
    public static PlannedPart Of(BulletinPart row, string master)
    {
        var sound = new StretchPart(master, row.Start, row.Start + row.Length) { BeginsPart = true, EndsPart = true };
        return new(row.Kind, sound, row.Cue, row.SourceId, row.Language) { Spoken = SpokenWords.Of(row) };
    }

    /// <summary>The rows of parts that were made with these lengths.</summary>
    public static List<BulletinPart> RowsOf(IReadOnlyList<PlannedPart> parts, IReadOnlyList<TimeSpan> lengths)
    {
        var rows = new List<BulletinPart>();
        var start = TimeSpan.Zero;
        foreach (var (part, length) in parts.Zip(lengths))
        {
            rows.Add(new BulletinPart
            {
                Position = rows.Count,
                Kind = part.Kind,
                Cue = part.Cue,
                SourceId = part.SourceId,
                Language = part.Language,
                Text = part.Spoken?.Text,
                Voice = part.Spoken?.Voice,
                AskedVoice = part.Spoken?.AskedVoice,
                Start = start,
                Length = length,
            });
            start += length;
        }

        return rows;
    }
}

/// <summary>Words that a voice said.</summary>
internal sealed record SpokenWords(string Text, string Voice, string? AskedVoice)
{
    public static SpokenWords? Of(BulletinPart row) => row is { Text: { } text, Voice: { } voice }
        ? new(text, voice, row.AskedVoice)
        : null;
}

/// <summary>The parts of a bulletin in the making, the words among them.</summary>
internal sealed record PartPlan(IReadOnlyList<PlannedPart> Before, IReadOnlyList<PlannedPart> After)
{
    /// <summary>Of the words; null = Vietnamese.</summary>
    public string? Language { get; init; }

    /// <summary>What was spoken, of words that were added as text.</summary>
    public SpokenWords? Spoken { get; init; }

    public IReadOnlyList<PlannedPart> All =>
        [.. Before, new PlannedPart(PartKind.Words, Sound: null, Language: Language) { Spoken = Spoken }, .. After];
}
