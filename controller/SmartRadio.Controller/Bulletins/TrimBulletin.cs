using SmartRadio.Audio.Composition;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <param name="BulletinId">One that is not approved.</param>
/// <param name="From">Where the kept words begin, from the beginning of the whole sound.</param>
/// <param name="To">Where they end, from the beginning of the whole sound.</param>
public sealed record TrimRequest(long BulletinId, TimeSpan From, TimeSpan To);

/// <summary>
/// Keeps a stretch of a bulletin's words before it is approved: of the language that the stretch holds most of. What stands
/// around these words stays. All is copied from the master, as loud as it is, and has another hash; what was cut away is gone.
/// </summary>
public sealed class TrimBulletin(BulletinSound sound, BulletinFiles files, BulletinRevision revision)
{
    /// <summary>The shortest stretch that may be kept.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.UnknownBulletin"/>, <see cref="BulletinRefusal.NotAuthor"/>,
    /// <see cref="BulletinRefusal.AlreadyApproved"/>, <see cref="BulletinRefusal.NotTrimmable"/>,
    /// <see cref="BulletinRefusal.StretchTooShort"/>, <see cref="BulletinRefusal.SoundChanged"/>,
    /// <see cref="BulletinRefusal.Silent"/>, or all places are taken, ffmpeg is missing, the disk is full.
    /// </exception>
    public async Task<Bulletin> HandleAsync(
        TrimRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (before, grants) = await revision.BeginAsync(request.BulletinId, actor, cancellationToken);
        if (before.Origin == BulletinOrigin.Programme)
        {
            throw new RefusedException(BulletinRefusal.NotTrimmable);
        }

        var (parts, words) = Plan(before, request);
        using var draft = sound.Begin(before.Title, before.Origin, before.CreatedById, grants.MayAnywhere(Right.Alert));
        await revision.CheckSoundAsync(before, cancellationToken);
        var master = await sound.TrimAsync(draft, words, parts, progress, cancellationToken);
        return await revision.ReplaceAsync(
            before, draft, (master, parts.All), ("bulletin.trim", new { request.From, request.To }), actor, cancellationToken);
    }

    // Everything but the words is copied from the master.
    private (PartPlan Parts, StretchPart Words) Plan(Bulletin bulletin, TrimRequest request)
    {
        var rows = BulletinRevision.RowsOf(bulletin);
        var at = rows.Index().Where(row => row.Item.Kind == PartKind.Words).MaxBy(row => Kept(row.Item, request).Length).Index;
        var (from, length) = Kept(rows[at], request);
        if (length < Shortest)
        {
            throw new RefusedException(BulletinRefusal.StretchTooShort);
        }

        var master = files.MasterOf(bulletin);
        var parts = new PartPlan(
            [.. rows[..at].Select(row => PlannedPart.Of(row, master))],
            [.. rows[(at + 1)..].Select(row => PlannedPart.Of(row, master))])
        {
            Language = rows[at].Language,
            Spoken = SpokenWords.Of(rows[at]),
        };
        var words = new StretchPart(master, from, from + length)
        {
            BeginsPart = from == rows[at].Start,
            EndsPart = from + length == rows[at].Start + rows[at].Length,
        };
        return (parts, words);
    }

    private static (TimeSpan From, TimeSpan Length) Kept(BulletinPart words, TrimRequest request)
    {
        var from = Later(request.From, words.Start);
        return (from, Earlier(request.To, words.Start + words.Length) - from);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
