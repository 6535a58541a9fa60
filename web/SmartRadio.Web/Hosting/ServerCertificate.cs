using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Web.Hosting;

/// <summary>
/// What the TLS port shows of itself: the certificate that is set, or one this program signs itself and keeps in the data
/// folder. Browsers warn of the latter; nodes know it by the fingerprint in their enrolment code.
/// </summary>
internal sealed class ServerCertificate(IOptions<WebOptions> options, DataFolder data, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3650);

    private readonly Lazy<X509Certificate2> _certificate = new(() => options.Value.Tls is { Certificate: { } file, Key: var key }
        ? Read(file, key)
        : SelfSigned(Path.Combine(data.Keys, "server.pem"), time.GetUtcNow()));

    public X509Certificate2 Certificate => _certificate.Value;

    /// <summary>True when nobody but this program vouches for it.</summary>
    public bool IsSelfSigned => options.Value.Tls.Certificate is null;

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
        {
            Certificate.Dispose();
        }
    }

    private static X509Certificate2 Read(string file, string? key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file, key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw StartFailure.Setting("SmartRadio:Tls:Certificate", file);
        }
    }

    private static X509Certificate2 SelfSigned(string file, DateTimeOffset now)
    {
        if (!File.Exists(file))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=SmartRadio", key, HashAlgorithmName.SHA256);
            using var made = request.CreateSelfSigned(now.AddDays(-1), now + Validity);
            PrivateFile.WriteAsync(file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n", CancellationToken.None).GetAwaiter().GetResult();
        }

        return Read(file, null);
    }
}
