using System.ComponentModel;
using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Web.Bulletins;

public sealed record BulletinAnswer
{
    internal BulletinAnswer(Bulletin bulletin)
    {
        (Id, Title, Origin, Text, Voice) = (bulletin.Id, bulletin.Title, bulletin.Origin, bulletin.Text, bulletin.Voice);
        (LengthSeconds, Loudness, Hash) = (bulletin.Length.TotalSeconds, bulletin.Loudness, bulletin.Hash);
        (CreatedAt, ApprovedAt) = (bulletin.CreatedAt, bulletin.ApprovedAt);
        (AskedVoice, Speed, Pitch) = (bulletin.AskedVoice, bulletin.Speed, bulletin.Pitch);
        (State, Remark, WithdrawnAt) = (bulletin.State, bulletin.Remark, bulletin.WithdrawnAt);
        (Version, PreviousId) = (bulletin.Version, bulletin.PreviousId);
        Parts = [.. bulletin.Parts.Select(part => new PartAnswer(
            part.Kind, part.Cue, part.SourceId, part.Language, part.Start.TotalSeconds, part.Length.TotalSeconds)
        {
            Text = part.Text,
            Voice = part.Voice,
            AskedVoice = part.AskedVoice,
        })];
    }

    public long Id { get; }

    public string Title { get; }

    public BulletinOrigin Origin { get; }

    [Description("Length of the prepared sound in seconds.")]
    public double LengthSeconds { get; }

    [Description("Integrated loudness of the prepared sound in LUFS (EBU R128).")]
    public double Loudness { get; }

    [Description("SHA-256 of the prepared sound: what is approved is exactly this.")]
    public string Hash { get; }

    public string? Text { get; }

    public string? Voice { get; }

    [Description("The voice that was asked for and did not answer, so that the other spoke in its place.")]
    public string? AskedVoice { get; }

    [Description("The pace of the voice, 1 being its own.")]
    public double? Speed { get; }

    [Description("The pitch of the voice, 50 being its own.")]
    public int? Pitch { get; }

    [Description("Opening, words, pauses, bulletins and closing in the order in which they sound.")]
    public IReadOnlyList<PartAnswer> Parts { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset? ApprovedAt { get; }

    public DateTimeOffset? WithdrawnAt { get; }

    public BulletinState State { get; }

    [Description("What its author is to mend, when it was returned.")]
    public string? Remark { get; }

    [Description("One further than that of the bulletin it replaces.")]
    public int Version { get; }

    [Description("The bulletin that it replaces once it is approved.")]
    public long? PreviousId { get; }
}

public sealed record BulletinLineAnswer(
    long Id, string Title, BulletinOrigin Origin, double LengthSeconds, string Author, DateTimeOffset CreatedAt,
    DateTimeOffset? ApprovedAt, BulletinState State)
{
    [Description("One further than that of the bulletin it replaces.")]
    public int Version { get; init; }
}

public sealed record PartAnswer(
    PartKind Kind, [property: Description("Of an opening or a closing.")] Cue? Cue,
    [property: Description("The melody, or the bulletin of a programme.")] long? BulletinId,
    [property: Description("Of words; null = Vietnamese.")] string? Language, double StartSeconds, double LengthSeconds)
{
    [Description("What was spoken, of words that were added as text.")]
    public string? Text { get; init; }

    [Description("The voice that spoke them.")]
    public string? Voice { get; init; }

    [Description("The voice that was asked for and did not answer, so that the other spoke in its place.")]
    public string? AskedVoice { get; init; }
}

public sealed record PeaksAnswer(
    [property: Description(
        "Pairs of smallest and largest sample, -128 to 127, evenly over the length.")] IReadOnlyList<int> Peaks);

public sealed record VoiceAnswer(
    string Id, string Vietnamese, string English, [property: Description("Its language; null = Vietnamese.")] string? Language);
