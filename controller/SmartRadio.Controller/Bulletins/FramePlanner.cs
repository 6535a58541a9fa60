using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Audio.Composition;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Checks what was chosen to stand around the words, and finds its sounds.</summary>
public sealed class FramePlanner(
    IDbContextFactory<RadioDb> databases, BulletinFiles files, IOptions<LimitOptions> limits)
{
    // Chimes bring their own pause before the words; a melody gets one.
    private static readonly TimeSpan AfterMelody = TimeSpan.FromSeconds(0.5);

    /// <param name="frame">What was chosen.</param>
    /// <param name="grants">Of whoever chose it.</param>
    /// <param name="area">The area of the bulletin.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.Malformed"/> for the pause, <see cref="BulletinRefusal.SirenNeedsAlert"/>,
    /// <see cref="BulletinRefusal.UnknownMelody"/>, <see cref="BulletinRefusal.MelodyTooLong"/>.
    /// </exception>
    internal async Task<PartPlan> PlanAsync(
        BulletinFrame frame, Grants grants, long? area, CancellationToken cancellationToken)
    {
        if (frame.Pause < TimeSpan.Zero || frame.Pause > BulletinFrame.LongestPause)
        {
            throw new RefusedException(Refusal.Malformed, "pauseSeconds");
        }

        var (first, last) = (frame.FirstCue, frame.Closing);
        if ((first == Cue.Siren || last == Cue.Siren) && !grants.May(Right.Alert, area))
        {
            throw new RefusedException(BulletinRefusal.SirenNeedsAlert);
        }

        var seen = grants.Of(Right.See);
        var before = new List<PlannedPart>();
        var after = new List<PlannedPart>();
        await AddCueAsync(before, PartKind.Opening, first, frame.MelodyId, seen, cancellationToken);
        AddPause(before, first == Cue.Melody ? AfterMelody : TimeSpan.Zero);
        AddPause(after, frame.Pause);
        await AddCueAsync(
            after, PartKind.Closing, last, frame.ClosingMelodyId ?? frame.MelodyId, seen, cancellationToken);
        return new PartPlan(before, after);
    }

    internal static void AddPause(List<PlannedPart> parts, TimeSpan length)
    {
        if (length > TimeSpan.Zero)
        {
            parts.Add(new PlannedPart(PartKind.Pause, new PausePart(length)));
        }
    }

    private async Task AddCueAsync(
        List<PlannedPart> parts, PartKind kind, Cue cue, long? melodyId, AreaScope scope, CancellationToken cancellationToken)
    {
        if (cue == Cue.Melody)
        {
            var melody = await MelodyAsync(melodyId, scope, cancellationToken);
            parts.Add(new PlannedPart(kind, new StretchPart(files.MasterOf(melody)), cue, melody.Id));
        }
        else if (cue != Cue.None)
        {
            parts.Add(new PlannedPart(kind, new ChimePart(ChimeOf(cue)), cue));
        }
    }

    private static Chime ChimeOf(Cue cue) => cue switch
    {
        Cue.TwoTone => Chime.TwoTone,
        Cue.ThreeTone => Chime.ThreeTone,
        Cue.Siren => Chime.Siren,
        _ => Chime.None,
    };

    private async Task<Bulletin> MelodyAsync(long? id, AreaScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var melody = id is null
            ? null
            : await BulletinQuery.Melodies(db, scope).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (melody is null || !await files.IsUnchangedAsync(melody, cancellationToken))
        {
            throw new RefusedException(BulletinRefusal.UnknownMelody);
        }

        return melody.Length <= limits.Value.MelodyLength
            ? melody
            : throw new RefusedException(BulletinRefusal.MelodyTooLong, limits.Value.MelodyLength);
    }
}
