using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Areas;

/// <param name="ParentId">Null for a root.</param>
/// <param name="Code">Administrative code: 1 to 20 letters, digits, dots or hyphens.</param>
/// <param name="Name">One line, at most 200 characters.</param>
/// <param name="Level">What such a unit is called, one line: "Xã".</param>
public sealed record AddAreaRequest(long? ParentId, string Code, string Name, string Level);

/// <summary>Puts an area into the tree, valid from today.</summary>
public sealed partial class AddArea(AuditedChanges changes, LocalTime local, ChangeFeed feed)
{
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NameMissing"/>, <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>,
    /// <see cref="Refusal.Malformed"/> for the code, <see cref="Refusal.UnknownArea"/> for the parent,
    /// <see cref="Refusal.AreaCodeTaken"/>.
    /// </exception>
    public async Task<Area> HandleAsync(AddAreaRequest request, Actor actor, CancellationToken cancel)
    {
        var name = PlainText.Name(request.Name);
        var level = PlainText.Name(request.Level);
        if (request.Code is null || !CodeShape().IsMatch(request.Code))
        {
            throw new RefusedException(Refusal.Malformed, "code");
        }

        var added = await changes.ApplyAsync(actor, "area.add", async (db, token) =>
        {
            if (request.ParentId is { } parent && !await db.Areas.AnyAsync(area => area.Id == parent, token))
            {
                throw new RefusedException(Refusal.UnknownArea, parent);
            }

            // One unit that exists today to a code; a former unit's code may be used again from another day.
            var today = local.Today;
            if (await db.Areas.AnyAsync(area => area.Code == request.Code && (area.ValidTo == null || area.ValidFrom == today), token))
            {
                throw new RefusedException(Refusal.AreaCodeTaken, request.Code);
            }

            var area = new Area { ParentId = request.ParentId, Code = request.Code, Name = name, Level = level, ValidFrom = today };
            db.Areas.Add(area);
            await db.SaveChangesAsync(token);
            return new ChangeReport<Area>(area, $"area {area.Id}", new { area.Code, area.Name, area.Level, area.ParentId });
        }, cancel);
        feed.Changed(Feed.Fleet);
        return added;
    }

    [GeneratedRegex(@"^[A-Za-z0-9.\-]{1,20}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeShape();
}
