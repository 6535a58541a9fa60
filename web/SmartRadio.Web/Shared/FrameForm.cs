using System.Globalization;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Web.Shared;

/// <summary>What the fields of <see cref="FrameFields"/> say.</summary>
/// <param name="Opening">A <see cref="Cue"/>, "melody-" and an id, or nothing for the usual one.</param>
/// <param name="Closing">The same; nothing = none.</param>
/// <param name="Pause">Seconds.</param>
/// <param name="Emergency">Something where the box is checked.</param>
public sealed record FrameForm(string? Opening, string? Closing, string? Pause, string? Emergency)
{
    private const string Melody = "melody-";

    /// <summary>Reads the fields.</summary>
    /// <param name="field">Says what was sent in a field, or null.</param>
    /// <param name="prefix">Of the fields' names.</param>
    public static FrameForm Of(Func<string, string?> field, string prefix = "") => new(
        field(prefix + "opening"), field(prefix + "closing"), field(prefix + "pause"), field(prefix + "emergency"));

    /// <summary>What stands around the words of a bulletin that is there.</summary>
    public static FrameForm Of(Bulletin bulletin)
    {
        var parts = bulletin.Parts.ToList();
        if (parts.Count == 0)
        {
            return new(null, null, null, null);
        }

        var words = parts.FindLastIndex(part => part.Kind == PartKind.Words);
        var pause = parts.Skip(words + 1).FirstOrDefault(part => part.Kind == PartKind.Pause)?.Length ?? TimeSpan.Zero;
        return new(
            TextOf(parts.Find(part => part.Kind == PartKind.Opening)) ?? nameof(Cue.None),
            TextOf(parts.Find(part => part.Kind == PartKind.Closing)),
            pause.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
            null);
    }

    private static string? TextOf(BulletinPart? part) => part switch
    {
        { Cue: Cue.Melody, SourceId: { } melody } => Of(melody),
        { Cue: { } cue } => cue.ToString(),
        _ => null,
    };

    public static string Of(long melody) => string.Create(CultureInfo.InvariantCulture, $"{Melody}{melody}");

    /// <exception cref="RefusedException"><see cref="Refusal.Malformed"/>.</exception>
    public BulletinFrame ToFrame()
    {
        var (opening, first) = Read(Opening, "opening");
        var (closing, last) = Read(Closing, "closing");
        return new BulletinFrame
        {
            Opening = opening,
            Closing = closing ?? Cue.None,
            Pause = FormValues.Seconds(Pause, "pause"),
            MelodyId = first,
            ClosingMelodyId = last,
            IsEmergency = !string.IsNullOrEmpty(Emergency),
        };
    }

    private static (Cue? Cue, long? Melody) Read(string? text, string field) => text switch
    {
        null or "" => (null, null),
        _ when text.StartsWith(Melody, StringComparison.Ordinal) && FormValues.Id(text[Melody.Length..]) is { } id =>
            (Cue.Melody, id),
        _ when FormValues.Choice<Cue>(text) is { } cue => (cue, null),
        _ => throw new RefusedException(Refusal.Malformed, field),
    };
}
