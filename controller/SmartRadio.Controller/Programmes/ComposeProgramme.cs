using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Audio.Composition;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Programmes;

/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Members">In their order, 1 to <see cref="LimitOptions.ProgrammeBulletins"/>; one may stand in it twice.</param>
public sealed record ProgrammeRequest(string Title, IReadOnlyList<ProgrammeMember> Members)
{
    /// <summary>The area whose programme it is; null = of all together.</summary>
    public long? AreaId { get; init; }

    /// <summary>What stands around the bulletins.</summary>
    public BulletinFrame Frame { get; init; } = BulletinFrame.Usual;

    /// <summary>Each bulletin keeps its own opening, pauses and closing; otherwise only its words sound.</summary>
    public bool KeepsFrames { get; init; }
}

/// <param name="BulletinId">An approved bulletin.</param>
/// <param name="Gap">Silence after it, at most <see cref="BulletinFrame.LongestPause"/>; none after the last.</param>
public sealed record ProgrammeMember(long BulletinId, TimeSpan Gap);

/// <summary>
/// Joins approved bulletins to one sound. The programme is a bulletin itself: it is heard, approved by another person, scheduled
/// and aired as one. It remembers its bulletins in their order.
/// </summary>
public sealed class ComposeProgramme(
    IDbContextFactory<RadioDb> databases,
    BulletinSound sound,
    FramePlanner frames,
    BulletinStore store,
    BulletinFiles files,
    IOptions<LimitOptions> limits,
    RightsCheck access)
{
    /// <exception cref="RefusedException">
    /// The title or a choice is not accepted, <see cref="ProgrammeRefusal.NoBulletins"/>,
    /// <see cref="ProgrammeRefusal.TooManyProgrammeBulletins"/>, <see cref="BulletinRefusal.UnknownBulletin"/>,
    /// <see cref="BulletinRefusal.NotApproved"/>, <see cref="BulletinRefusal.SoundChanged"/>,
    /// <see cref="BulletinRefusal.SoundTooLong"/>, <see cref="BulletinRefusal.SirenNeedsAlert"/>,
    /// <see cref="BulletinRefusal.PartChanged"/>, or all places are taken, ffmpeg is missing, the disk is full.
    /// </exception>
    public async Task<Bulletin> HandleAsync(
        ProgrammeRequest request, Actor actor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var title = PlainText.Title(request.Title);
        CheckMembers(request.Members);
        var grants = await access.CheckAsync(actor, Right.Write, request.AreaId, cancellationToken);
        var author = actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);
        var around = await frames.PlanAsync(request.Frame, grants, request.AreaId, cancellationToken);
        var members = await MembersAsync(request, grants.Of(Right.See), cancellationToken);
        List<PlannedPart> parts = [.. around.Before, .. PartsOf(request, members), .. around.After];

        var keepsSiren = members.Values.Any(member => member.HoldsSiren && SoundsWhole(member, request.KeepsFrames));
        if (keepsSiren && !grants.May(Right.Alert, request.AreaId))
        {
            throw new RefusedException(BulletinRefusal.SirenNeedsAlert);
        }

        using var draft = sound.Begin(title, BulletinOrigin.Programme, author, grants.MayAnywhere(Right.Alert));
        await CheckSoundsAsync(members.Values, cancellationToken);
        var master = await sound.JoinAsync(draft, parts, progress, cancellationToken);
        var bulletin = await store.RowOfAsync(draft, master, parts, author, cancellationToken);
        bulletin.AreaId = request.AreaId;
        bulletin.HoldsSiren |= keepsSiren;
        await store.StoreAsync(bulletin, draft, "programme.compose", actor, cancellationToken);
        return bulletin;
    }

    private void CheckMembers(IReadOnlyList<ProgrammeMember> members)
    {
        if (members.Count == 0)
        {
            throw new RefusedException(ProgrammeRefusal.NoBulletins);
        }

        if (members.Count > limits.Value.ProgrammeBulletins)
        {
            throw new RefusedException(ProgrammeRefusal.TooManyProgrammeBulletins, limits.Value.ProgrammeBulletins);
        }

        if (members.Any(member => member.Gap < TimeSpan.Zero || member.Gap > BulletinFrame.LongestPause))
        {
            throw new RefusedException(Refusal.Malformed, "gapSeconds");
        }
    }

    private async Task<Dictionary<long, Bulletin>> MembersAsync(
        ProgrammeRequest request, AreaScope scope, CancellationToken cancellationToken)
    {
        var ids = request.Members.Select(member => member.BulletinId).Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var members = await BulletinQuery.Seen(db, scope).Include(row => row.Parts.OrderBy(part => part.Position))
            .Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var id in ids)
        {
            var member = members.GetValueOrDefault(id) ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
            if (!member.IsApproved)
            {
                throw new RefusedException(BulletinRefusal.NotApproved, member.Title);
            }
        }

        return members;
    }

    // Reads all of them: it has a place by then.
    private async Task CheckSoundsAsync(IEnumerable<Bulletin> members, CancellationToken cancellationToken)
    {
        foreach (var member in members)
        {
            if (!await files.IsUnchangedAsync(member, cancellationToken))
            {
                throw new RefusedException(BulletinRefusal.SoundChanged, member.Id);
            }
        }
    }

    private List<PlannedPart> PartsOf(ProgrammeRequest request, Dictionary<long, Bulletin> members)
    {
        var parts = new List<PlannedPart>();
        foreach (var (index, member) in request.Members.Index())
        {
            parts.Add(new PlannedPart(
                PartKind.Bulletin, StretchOf(members[member.BulletinId], request.KeepsFrames), SourceId: member.BulletinId));
            FramePlanner.AddPause(parts, index + 1 < request.Members.Count ? member.Gap : TimeSpan.Zero);
        }

        return parts;
    }

    // A programme within a programme, and a bulletin from before there were parts, sound whole.
    private static bool SoundsWhole(Bulletin member, bool keepsFrames) =>
        keepsFrames || !member.Parts.Any(part => part.Kind == PartKind.Words);

    private StretchPart StretchOf(Bulletin member, bool keepsFrames)
    {
        if (SoundsWhole(member, keepsFrames))
        {
            return new StretchPart(files.MasterOf(member));
        }

        var words = member.Parts.Where(part => part.Kind == PartKind.Words).ToList();
        return new StretchPart(files.MasterOf(member), words[0].Start, words[^1].Start + words[^1].Length);
    }
}
