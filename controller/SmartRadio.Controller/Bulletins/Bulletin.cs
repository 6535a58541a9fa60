using SmartRadio.Audio;

namespace SmartRadio.Controller.Bulletins;

public enum BulletinOrigin
{
    Upload,
    Speech,

    /// <summary>Several bulletins in order, joined to one sound.</summary>
    Programme,

    /// <summary>A short sound that was uploaded to stand before or after the words of others.</summary>
    Melody,
}

/// <summary>Where a bulletin stands on its way into the air.</summary>
public enum BulletinState
{
    /// <summary>Somebody is to hear and approve it.</summary>
    Waiting,

    /// <summary>An approver sent it back with a remark.</summary>
    Returned,

    Approved,

    /// <summary>It was approved, and is not to be aired any more.</summary>
    Withdrawn,
}

/// <summary>What is said. It exists only once its sound is prepared and checked; approval freezes it by hash.</summary>
public sealed class Bulletin
{
    public long Id { get; set; }

    /// <summary>The area whose bulletin it is; null = of all together.</summary>
    public long? AreaId { get; set; }

    public required string Title { get; set; }

    public BulletinOrigin Origin { get; set; }

    /// <summary>What was spoken, when it was made from text.</summary>
    public string? Text { get; set; }

    /// <summary>Voice id, when it was made from text.</summary>
    public string? Voice { get; set; }

    /// <summary>The voice that was asked for and did not answer: <see cref="Voice"/> spoke in its place.</summary>
    public string? AskedVoice { get; set; }

    /// <summary>The pace, 1 being the voice's own, when it was made from text.</summary>
    public double? Speed { get; set; }

    /// <summary>The pitch, 0 to 99, 50 being the voice's own, when it was made from text.</summary>
    public int? Pitch { get; set; }

    public TimeSpan Length { get; set; }

    /// <summary>Integrated loudness of the prepared sound in LUFS (EBU R128).</summary>
    public double Loudness { get; set; }

    /// <summary>Loudness as it came in, in LUFS.</summary>
    public double SourceLoudness { get; set; }

    /// <summary>What was mended in the sound as it came in; null where that was not noted yet.</summary>
    public SoundRepairs? Repairs { get; set; }

    /// <summary>Waveform for the screen: pairs of smallest and largest sample, each an sbyte.</summary>
    public required byte[] Peaks { get; set; }

    /// <summary>SHA-256 of the prepared sound, hexadecimal. What is approved is exactly this.</summary>
    public required string Hash { get; set; }

    public required string CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? ApprovedById { get; set; }

    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>In the order in which they sound; empty where they were not loaded.</summary>
    public ICollection<BulletinPart> Parts { get; init; } = [];

    /// <summary>
    /// A siren sounds in it, in whatever depth: to let it sound whole in another bulletin takes the right to alert.
    /// </summary>
    public bool HoldsSiren { get; set; }

    /// <summary>From 1 on; each bulletin that replaces another is one further.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The bulletin that this one replaces once it is approved.</summary>
    public long? PreviousId { get; set; }

    /// <summary>
    /// The first of all its versions, which may be deleted by now; null = it is itself the first.
    /// </summary>
    public long? RootId { get; set; }

    public string? ReturnedById { get; set; }

    public DateTimeOffset? ReturnedAt { get; set; }

    /// <summary>What its author is to mend, when it was returned.</summary>
    public string? Remark { get; set; }

    /// <summary>When approvers were told by e-mail that it waits; null = not yet.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    public string? WithdrawnById { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public BulletinState State => StateOf(WithdrawnAt, ApprovedAt, ReturnedAt);

    public bool IsApproved => State == BulletinState.Approved;

    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.AlreadyApproved"/>, <see cref="BulletinRefusal.BulletinWithdrawn"/>.
    /// </exception>
    internal void CheckOpen()
    {
        if (State is BulletinState.Approved or BulletinState.Withdrawn)
        {
            throw new RefusedException(
                State == BulletinState.Approved ? BulletinRefusal.AlreadyApproved : BulletinRefusal.BulletinWithdrawn, Id);
        }
    }

    /// <summary>What was wrong with it is mended, or was nothing.</summary>
    internal void Reopen()
    {
        // One that was returned waits anew, and its approvers are told anew.
        ToldAt = ReturnedAt is null ? ToldAt : null;
        (ReturnedById, ReturnedAt, Remark) = (null, null, null);
    }

    internal static BulletinState StateOf(DateTimeOffset? withdrawn, DateTimeOffset? approved, DateTimeOffset? returned) =>
        withdrawn is not null ? BulletinState.Withdrawn
        : approved is not null ? BulletinState.Approved
        : returned is not null ? BulletinState.Returned
        : BulletinState.Waiting;
}
