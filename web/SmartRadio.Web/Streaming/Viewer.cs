using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Streaming;

/// <summary>For whom a picture is drawn outside a request: what its readers may do. Null within a request.</summary>
internal sealed class Viewer
{
    public Grants? Grants { get; set; }

    /// <summary>The same for all who may do the same at the same areas, and so see the same.</summary>
    public static string KeyOf(Grants grants)
    {
        var text = new StringBuilder();
        foreach (var right in Enum.GetValues<Right>())
        {
            text.Append(CultureInfo.InvariantCulture, $"{(int)right}:")
                .AppendJoin(',', grants.Of(right).Areas?.Order() ?? Enumerable.Empty<long>())
                .Append(grants.Of(right).IsEverywhere ? "*;" : ";");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
