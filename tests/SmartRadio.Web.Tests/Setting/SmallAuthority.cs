using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmartRadio.Web.Tests.Setting;

/// <summary>
/// Issues certificates as those do from whom an operator gets one: a root that devices know, and one between that signs.
/// </summary>
internal sealed class SmallAuthority : IDisposable
{
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _middle;

    public SmallAuthority()
    {
        Root = Authority("CN=Root", _rootKey)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-3), DateTimeOffset.UtcNow.AddDays(90));
        using var issued = Issue(Authority("CN=Middle", _middleKey), Root, 60);
        _middle = issued.CopyWithPrivateKey(_middleKey);
    }

    public X509Certificate2 Root { get; }

    /// <summary>Writes a certificate with the one between, but not the root, and its key.</summary>
    public async Task WriteAsync(string name, string file, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var leaf = Issue(request, _middle, 30);
        await File.WriteAllTextAsync(file, leaf.ExportCertificatePem() + "\n" + _middle.ExportCertificatePem() + "\n");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _middle.Dispose();
        Root.Dispose();
        _middleKey.Dispose();
        _rootKey.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }

    /// <param name="request">For what.</param>
    /// <param name="by">Who vouches for it.</param>
    /// <param name="days">Good for so long; fewer than those of who issues it, however close together the two are made.</param>
    private static X509Certificate2 Issue(CertificateRequest request, X509Certificate2 by, byte days) =>
        request.Create(by, DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(days), [days]);
}
