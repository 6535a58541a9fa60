using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Tls;

/// <summary>
/// What the TLS ports show of themselves: the certificate that is set, or one this program signs itself and keeps in the data
/// folder. Browsers warn of the latter; nodes know it by the fingerprint in their enrolment code, or have it pasted.
/// </summary>
internal sealed class ServerCertificate(
    IOptions<TlsOptions> options, IOptions<MqttOptions> mqtt, DataFolder data, ILogger<ServerCertificate> log) : IDisposable
{
    // Authenticated encryption with forward secrecy only (RFC 9325, 4.2); the device's mbedTLS 2.28 speaks those with AES.
    private static readonly TlsCipherSuite[] Ciphers =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    private readonly Lazy<X509Certificate2> _certificate = new(() => Load(options.Value, mqtt.Value, Own(data)));

    public X509Certificate2 Certificate => _certificate.Value;

    /// <summary>
    /// Those that vouch for it, out of the same file. They are sent along: a device knows none but the one that was pasted.
    /// </summary>
    public X509Certificate2Collection Chain
    {
        get
        {
            var chain = new X509Certificate2Collection();
            if (options.Value.Certificate is { } file)
            {
                chain.ImportFromPemFile(file);
            }

            return chain;
        }
    }

    /// <summary>Has a port show the certificate, with the versions and ciphers that are still good.</summary>
    public void Configure(HttpsConnectionAdapterOptions https)
    {
        // Older phones and mbedTLS 2.28 on the device speak 1.2; what is older is broken (RFC 8996).
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ServerCertificate = Certificate;
        https.ServerCertificateChain = Chain;
        if (OperatingSystem.IsLinux())
        {
            var policy = new CipherSuitesPolicy(Ciphers);
            https.OnAuthenticate = (_, authentication) => authentication.CipherSuitesPolicy = policy;
        }
    }

    /// <summary>True when nobody but this program vouches for it.</summary>
    public bool IsSelfSigned => options.Value.Certificate is null;

    /// <summary>Whether a device that was told this name or address of the controller may accept the certificate.</summary>
    public bool Names(string host) => ControllerNames.InCertificate(host.Trim('[', ']')) is { } name
        && Certificate.MatchesHostname(name, allowWildcards: true, allowCommonName: false);

    /// <summary>
    /// Says which names are set that the certificate lacks. One that is there never changes by itself: codes and devices that
    /// wait to be enrolled know its fingerprint. Without a TLS port there is no certificate, and that is said of set names.
    /// </summary>
    public void Check()
    {
        if (options.Value.Port is null && mqtt.Value.TlsPort is null)
        {
            if (options.Value.Names.Length > 0)
            {
                log.LogWarning(
                    "SmartRadio:Tls:Names (--tls-names) does nothing without TLS: set SmartRadio:Tls:Port (--tls-port) too");
            }

            return;
        }

        var missing = string.Join(", ", ControllerNames.ThatAreSet(options.Value, mqtt.Value).Where(name => !Names(name)));
        if (missing.Length > 0 && IsSelfSigned)
        {
            log.LogWarning(
                "The certificate {File} does not name {Names}: devices that are told to connect there refuse it. "
                + "Stop the program, delete the file and start again: another is made, which must then be pasted into devices "
                + "that are not enrolled yet, with new codes. Nodes that are enrolled do not notice, unless your broker shows "
                + "this certificate",
                Own(data),
                missing);
        }
        else if (missing.Length > 0)
        {
            log.LogWarning(
                "The certificate {File} does not name {Names}: devices that are told to connect there refuse it. "
                + "Have one issued that does",
                options.Value.Certificate,
                missing);
        }
    }

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
        {
            Certificate.Dispose();
        }
    }

    private static string Own(DataFolder data) => Path.Combine(data.Keys, "server.pem");

    private static X509Certificate2 Load(TlsOptions tls, MqttOptions mqtt, string own)
    {
        var needed = ControllerNames.ThatAreSet(tls, mqtt);
        if (tls.Certificate is null && !File.Exists(own))
        {
            SelfSignedCertificate.Write(own, [.. needed, .. ControllerNames.OfThisMachine()]);
        }

        try
        {
            return tls.Certificate is { } file
                ? X509Certificate2.CreateFromPemFile(file, tls.Key)
                : X509Certificate2.CreateFromPemFile(own);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw tls.Certificate is { } set
                ? StartFailure.Setting("SmartRadio:Tls:Certificate", set)
                : StartFailure.SelfSignedCertificate(own, error);
        }
    }
}
