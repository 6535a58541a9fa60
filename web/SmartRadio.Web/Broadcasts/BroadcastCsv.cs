using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using SmartRadio.Controller;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Broadcasts;

/// <summary>The list of broadcasts as a table for a spreadsheet, RFC 4180, with the search of the page.</summary>
internal static class BroadcastCsv
{
    /// <summary>More rows than that are asked for by day.</summary>
    public const int Most = 10_000;

    private static readonly string[] Head =
    [
        "Broadcast.Start", "Broadcasts.Title", "Class", "Broadcasts.Outcome", "Csv.Should", "Csv.Heard", "Csv.Failed", "Csv.Length",
    ];

    public static void MapBroadcastCsv(this IEndpointRouteBuilder forms) =>
        forms.MapGet("/broadcasts.csv", async (
            BroadcastQuery broadcasts, AreaQuery trees, MyGrants mine, LocalTime time, Format format,
            IStringLocalizer<ScreenText> words, HttpContext context) =>
        {
            var asked = BroadcastSearch.Of(context.Request.Query);
            var seen = await mine.SeenAsync(context.RequestAborted);
            var filter = asked.Filter(seen, await trees.LoadAsync(context.RequestAborted), time);
            var rows = await broadcasts.ListAsync(seen, Within(filter), Most + 1, context.RequestAborted);
            // The mark tells Excel that it is UTF-8.
            var text = new StringBuilder("\uFEFF").AppendJoin(',', Head.Select(name => Quoted(words[name]))).Append("\r\n");
            foreach (var row in rows.Take(Most))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{time.Of(row.Start):yyyy-MM-dd HH:mm:ss},{Quoted(row.Bulletin.Title)},{Quoted(format.Of(row.Class))},{Quoted(format.Of(row.Progress))},{row.Nodes.Should},{row.Nodes.Played},{row.Nodes.Failed},{row.Length.TotalSeconds:0.###}\r\n");
            }

            if (rows.Count > Most)
            {
                text.Append(Quoted(words["Broadcasts.Csv.Cut", Most])).Append("\r\n");
            }

            return Results.Text(text.ToString(), "text/csv", Encoding.UTF8);
        }).ExcludeFromDescription();

    /// <summary>The table is proof of what was heard.</summary>
    public static BroadcastFilter Within(BroadcastFilter filter) => filter with { IsExercise = false };

    /// <summary>
    /// In quotes; a cell that a spreadsheet would take for a formula begins with an apostrophe. Some take full-width signs for
    /// those of ASCII.
    /// </summary>
    internal static string Quoted(string cell)
    {
        var safe = cell.Length > 0 && "=+-@\t\r＝＋－＠".Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
