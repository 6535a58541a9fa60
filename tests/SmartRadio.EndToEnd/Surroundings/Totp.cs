using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>An authenticator app: RFC 6238 with SHA-1, 30 s and six digits, as all apps do it.</summary>
internal static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Step = 30;

    public static string CodeOf(string key)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / Step);
#pragma warning disable CA5350 // The apps know no other.
        var hash = HMACSHA1.HashData(Bytes(key), counter);
#pragma warning restore CA5350
        var code = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue) % 1_000_000;
        return code.ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string key)
    {
        var bytes = new byte[key.Length * 5 / 8];
        for (int i = 0, bits = 0, buffer = 0; i < key.Length; i++)
        {
            buffer = (buffer << 5) | Base32.IndexOf(key[i], StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[((i + 1) * 5 / 8) - 1] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        return bytes;
    }
}
