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
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules[y].Count; x++)
            {
                if (modules[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
             <svg class="qr" viewBox="0 0 {modules.Count} {modules.Count}" shape-rendering="crispEdges" aria-hidden="true">
             <path fill="#fff" d="M0 0h{modules.Count}v{modules.Count}H0z"/><path fill="#000" d="{path}"/></svg>
             """);
    }
}
