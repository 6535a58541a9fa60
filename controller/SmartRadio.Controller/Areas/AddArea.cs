using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Areas;

/// <param name="ParentId">Null for a root.</param>
/// <param name="Code">Administrative code: 1 to 20 letters, digits, dots or hyphens.</param>
/// <param name="Name">One line, at most 200 characters.</param>
/// <param name="Level">What such a unit is called, one line: "Xã".</param>
public sealed record AddAreaRequest(long? ParentId, string Code, string Name, string Level);

/// <summary>Puts an area into the tree, valid from today.</summary>
public sealed partial class AddArea(AuditedChanges changes, LocalTime local, IOptions<LimitOptions> limits)
{
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NameMissing"/>, <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>,
    /// <see cref="Refusal.Malformed"/> for the code, <see cref="AreaRefusal.UnknownArea"/> for the parent,
    /// <see cref="AreaRefusal.AreaCodeTaken"/>, <see cref="AreaRefusal.AreaLooksTaken"/>,
    /// <see cref="AreaRefusal.AreasTooDeep"/>, <see cref="AreaRefusal.TooManyAreas"/>.
    /// </exception>
    public Task<Area> HandleAsync(AddAreaRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var name = PlainText.Name(request.Name);
        var level = PlainText.Name(request.Level);
        if (request.Code is null || !CodeShape().IsMatch(request.Code))
        {
            throw new RefusedException(Refusal.Malformed, "code");
        }

        return changes.ApplyAsync(actor, Right.Administer, "area.add", async (change, token) =>
        {
            var db = change.Db;
            change.At(request.ParentId);
            if (request.ParentId is { } parent && !await db.Areas.AnyAsync(area => area.Id == parent, token))
            {
                throw new RefusedException(AreaRefusal.UnknownArea, parent);
            }

            await CheckLimitsAsync(db, request.ParentId, token);

            // One unit that exists today to a code; a former unit's code may be used again from another day.
            var today = local.Today;
            if (await db.Areas.AnyAsync(
                area => area.Code == request.Code && (area.ValidTo == null || area.ValidFrom == today), token))
            {
                throw new RefusedException(AreaRefusal.AreaCodeTaken, request.Code);
            }

            await RefuseAlikeAsync(db, request.ParentId, $"{level} {name}", token);

            var area = new Area
            {
                ParentId = request.ParentId,
                Code = request.Code,
                Name = name,
                Level = level,
                ValidFrom = today
            };
            db.Areas.Add(area);
            await db.SaveChangesAsync(token);
            change.Happens(new AreaChanged(area.Id));
            return change.Report(area, $"area {area.Id}", new { area.Code, area.Name, area.Level, area.ParentId });
        }, cancellationToken);
    }

    // Areas under one parent stand side by side where an audience is chosen. The kind counts: a town and the district around it
    // often have one name.
    private static async Task RefuseAlikeAsync(RadioDb db, long? parent, string shown, CancellationToken cancellationToken)
    {
        if (await Alike(db, parent, NameLook.Of(shown)).FirstOrDefaultAsync(cancellationToken) is { } alike)
        {
            throw new RefusedException(AreaRefusal.AreaLooksTaken, shown, alike);
        }
    }

    /// <summary>Areas of one look under one parent; an index finds them.</summary>
    internal static IQueryable<string> Alike(RadioDb db, long? parent, string look) =>
        db.Areas.Where(area => area.ParentId == parent && area.Look == look && area.ValidTo == null)
            .Select(area => area.Level + " " + area.Name);

    private async Task CheckLimitsAsync(RadioDb db, long? parent, CancellationToken cancellationToken)
    {
        var (most, depth) = (limits.Value, 1);
        for (var above = parent; above is { } one && depth <= most.AreaDepth; depth++)
        {
            above = await db.Areas.Where(area => area.Id == one).Select(area => area.ParentId).SingleAsync(cancellationToken);
        }

        if (depth > most.AreaDepth)
        {
            throw new RefusedException(AreaRefusal.AreasTooDeep, most.AreaDepth);
        }

        if (await db.Areas.CountAsync(cancellationToken) >= most.Areas)
        {
            throw new RefusedException(AreaRefusal.TooManyAreas, most.Areas);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9.\-]{1,20}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeShape();
}
