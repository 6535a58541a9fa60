using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Templates;

/// <summary>A template as screens show it.</summary>
/// <param name="Key">Its number, or the name of a built-in one.</param>
/// <param name="Title">Of the bulletins made of it, too.</param>
/// <param name="Text">With blanks, see <see cref="TemplateBlanks"/>.</param>
/// <param name="AreaId">The area whose template it is; null = all together.</param>
/// <param name="IsBuiltIn">It comes with the program and cannot be changed.</param>
public sealed record TemplateRow(string Key, string Title, string Text, long? AreaId, bool IsBuiltIn)
{
    /// <summary>Of what it is now, see <see cref="SaveTemplateRequest.Seen"/>.</summary>
    public string Mark => ShownMark.Of(AreaId, Title, Text);

    internal static TemplateRow Of(BulletinTemplate row) =>
        new(row.Id.ToString(CultureInfo.InvariantCulture), row.Title, row.Text, row.AreaId, IsBuiltIn: false);
}

/// <summary>The templates that people may use.</summary>
public sealed class TemplateQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>Those of the areas in a scope and of all above them, by title, then the built-in ones.</summary>
    /// <param name="scope">Where somebody writes.</param>
    /// <param name="take">Most of the areas' own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<TemplateRow>> ListAsync(AreaScope scope, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var own = await (await UsableAsync(db, scope, cancellationToken)).OrderBy(row => row.Title).ThenBy(row => row.Id)
            .Take(take).ToListAsync(cancellationToken);
        return [.. own.Select(TemplateRow.Of), .. BuiltInTemplates.All];
    }

    /// <summary>Null when there is no such template for the scope.</summary>
    public async Task<TemplateRow?> FindAsync(string key, AreaScope scope, CancellationToken cancellationToken)
    {
        if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return BuiltInTemplates.All.FirstOrDefault(each => each.Key == key);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await (await UsableAsync(db, scope, cancellationToken))
            .SingleOrDefaultAsync(each => each.Id == id, cancellationToken);
        return row is null ? null : TemplateRow.Of(row);
    }

    private static async Task<IQueryable<BulletinTemplate>> UsableAsync(
        RadioDb db, AreaScope scope, CancellationToken cancellationToken)
    {
        var templates = db.Templates.AsNoTracking();
        if (scope.Areas is not { } areas)
        {
            return templates;
        }

        var tree = await AreaQuery.LoadAsync(db, cancellationToken);
        var usable = areas.SelectMany(area => tree.PathOf(area).Select(each => each.Id)).Distinct().ToList();
        return templates.Where(row => row.AreaId == null || usable.Contains(row.AreaId.Value));
    }
}
