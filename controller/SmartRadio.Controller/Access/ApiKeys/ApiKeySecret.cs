using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SmartRadio.Controller.Access.ApiKeys;

/// <summary>The form of an API key: "sr_" and 32 random bytes in 43 characters of base64url.</summary>
internal static class ApiKeySecret
{
    private const string Prefix = "sr_";
    private const int SecretBytes = 32;
    private const int Length = 46;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));

    /// <summary>Whether <paramref name="text"/> could be a key at all; nothing else is worth a look-up.</summary>
    public static bool HasForm(string text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Base64Url.IsValid(text.AsSpan(Prefix.Length));
}
