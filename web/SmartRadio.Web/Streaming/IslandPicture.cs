using System.Security.Cryptography;
using System.Text;

namespace SmartRadio.Web.Streaming;

/// <summary>What an island looks like at one time.</summary>
/// <param name="Html">What stands in it.</param>
internal sealed record IslandPicture(string Html)
{
    private const int MarkLength = 16;

    /// <summary>Tells this picture from others: 16 hex digits of its SHA-256. A reader says by it which one he holds.</summary>
    public string Mark { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Html)))[..MarkLength];
}
