using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Web.Tls;

/// <summary>
/// Makes the certificate that nobody else vouches for. A device believes it because it was pasted, so no date adds to that:
/// it is good at the moment 1970 in which a device without a clock starts, and for as long as the device can count. It may sign
/// no other certificate.
/// </summary>
internal static class SelfSignedCertificate
{
    /// <summary>The last year that nanoFramework's DateTime knows is 3000.</summary>
    private static readonly DateTimeOffset End = new(2999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes certificate and key, for the owner of the process alone.</summary>
    public static void Write(string file, IEnumerable<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=SmartRadio", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(Extension(names));
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, End);
        PrivateFile.WriteAsync(
            file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n", CancellationToken.None)
                .GetAwaiter().GetResult();
    }

    private static X509Extension Extension(IEnumerable<string> names)
    {
        var extension = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                extension.AddIpAddress(address);
            }
            else
            {
                extension.AddDnsName(name);
            }
        }

        return extension.Build();
    }
}
