using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using SmartRadio.Audio.Files;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Nodes.Enrolment;

/// <summary>
/// What is stored of enrolment codes. Their 59 bits could be tried one after the other by whoever has a copy of the database. So
/// it is a MAC, whose key lies encrypted in the folder keys. A code is still found by its index.
/// </summary>
public sealed class EnrolmentCodeHash
{
    private const string FileName = "enrolment-codes.key";
    private const int KeyBytes = 32;

    private readonly byte[] _key;

    /// <exception cref="IOException">The key cannot be read or made.</exception>
    public EnrolmentCodeHash(DataFolder folder, IDataProtectionProvider protection) =>
        _key = ReadOrMake(Path.Combine(folder.Keys, FileName), protection.CreateProtector("SmartRadio.EnrolmentCode"));

    /// <summary>What is stored of a code, however it was typed; null when it cannot be one.</summary>
    public byte[]? Of(string typed) =>
        EnrolmentCodeText.Read(typed) is { } code ? HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(code)) : null;

    private static byte[] ReadOrMake(string path, IDataProtector protector)
    {
        try
        {
            return protector.Unprotect(File.ReadAllBytes(path));
        }
        catch (Exception gone) when (gone is FileNotFoundException or CryptographicException)
        {
            // It is the first start, or what opens it was moved away after a theft: codes given out before open nothing then.
            var key = RandomNumberGenerator.GetBytes(KeyBytes);
            using var file = new NewFile(path, isPrivate: true);
            file.Stream.Write(protector.Protect(key));
            file.Keep();
            return key;
        }
    }
}
