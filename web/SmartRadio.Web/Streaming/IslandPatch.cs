using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmartRadio.Web.Streaming;

/// <summary>
/// What a reader who holds one picture of an island needs for the next. A picture is cut before each "&lt;"; of two with as many
/// pieces those that differ are sent as JSON, <c>[[place, piece], …]</c>. On a weak line a list of loudspeakers whose clocks
/// wander costs a tenth of what it would cost whole.
/// </summary>
internal static class IslandPatch
{
    // Vietnamese letters stay letters; a script reads it, never a page.
    private static readonly JsonSerializerOptions Short = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The pieces that differ, or all of the picture where that is not much more.</summary>
    /// <param name="before">What the reader holds; null = nothing.</param>
    /// <param name="after">What it is to hold.</param>
    public static string Of(string? before, string after)
    {
        // A script tells the two by their first character.
        var whole = after.StartsWith('[') ? " " + after : after;
        if (before is null)
        {
            return whole;
        }

        var (old, now) = (PiecesOf(before), PiecesOf(after));
        if (old.Count != now.Count)
        {
            return whole;
        }

        var changed = now.Index().Where(piece => piece.Item != old[piece.Index])
            .Select(piece => new object[] { piece.Index, piece.Item });
        var patch = JsonSerializer.Serialize(changed, Short);
        return patch.Length < after.Length / 2 ? patch : whole;
    }

    /// <summary>Into how many pieces a picture is cut.</summary>
    public static int CountPieces(string html) => PiecesOf(html).Count;

    private static List<string> PiecesOf(string html)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var at = html.Length > 1 ? html.IndexOf('<', 1) : -1; at > 0; at = html.IndexOf('<', at + 1))
        {
            pieces.Add(html[start..at]);
            start = at;
        }

        pieces.Add(html[start..]);
        return pieces;
    }
}
