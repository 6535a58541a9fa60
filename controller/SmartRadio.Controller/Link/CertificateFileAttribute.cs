using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartRadio.Controller.Link;

/// <summary>Names a PEM file with one certificate or more; null names none.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CertificateFileAttribute()
    : ValidationAttribute("{0} must name a PEM file of certificates that the program may read.")
{
    /// <summary>Reads the certificates.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds something else.</exception>
    public static X509Certificate2Collection Read(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates;
    }

    public override bool IsValid(object? value)
    {
        try
        {
            return value is not string path || Read(path).Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }
    }
}
