using System.Globalization;
using System.Text;
using QRCoder;

namespace SmartRadio.Web.Shared;

/// <summary>Draws QR codes as SVG.</summary>
internal static class QrCode
{
    /// <summary>Draws the text; the picture has attributes only, as the pages' policy allows no style in it.</summary>
    public static string Svg(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        // One stroke for each run of dark modules, moved to from the end of the run before: a page holds many codes.
        var path = new StringBuilder("M0 .5");
        var (endX, endY) = (0, 0);
        for (var y = 0; y < modules.Count; y++)
        {
            var x = 0;
            while (x < modules[y].Count)
            {
                var start = x;
                while (x < modules[y].Count && modules[y][x])
                {
                    x++;
                }

                if (x == start)
                {
                    x++;
                    continue;
                }

                path.Append(CultureInfo.InvariantCulture, $"m{start - endX} {y - endY}h{x - start}");
                (endX, endY) = (x, y);
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
             <svg class="qr" viewBox="0 0 {modules.Count} {modules.Count}" shape-rendering="crispEdges" aria-hidden="true">
             <path fill="#fff" d="M0 0h{modules.Count}v{modules.Count}H0z"/><path stroke="#000" d="{path}"/></svg>
             """);
    }
}
