using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SmartRadio.Controller.Access.Accounts;

/// <summary>The form of a link's secret: 32 random bytes in 43 characters of base64url.</summary>
internal static class InvitationToken
{
    private const int SecretBytes = 32;
    private const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    /// <summary>Whether <paramref name="text"/> could be a token at all; nothing else is worth a look-up.</summary>
    public static bool HasForm(string text) => text.Length == Length && Base64Url.IsValid(text);
}
