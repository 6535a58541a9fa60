using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Nodes;

/// <summary>What the installer takes to the device.</summary>
/// <param name="Address">Where the device trades its code.</param>
/// <param name="Code">The code, and after it, for a certificate nobody else vouches for, the fingerprint.</param>
/// <param name="Svg">Both as a QR code: two lines of text.</param>
/// <param name="Reachable">False when devices on other machines would be refused there, for want of TLS.</param>
/// <param name="Unnamed">The host that devices will be told although the TLS port's certificate does not name it, so that they
/// refuse; else null.</param>
/// <param name="IsSelfSigned">Whether that certificate is the program's own, which can be made anew here.</param>
internal sealed record EnrolmentSheet(
    string Address, string Code, string Svg, bool Reachable, string? Unnamed, bool IsSelfSigned);

/// <summary>Writes enrolment sheets.</summary>
internal sealed class EnrolmentText(IOptions<TlsOptions> options, ServerCertificate certificate)
{
    /// <summary>80 bits of SHA-256 of the certificate: finding another certificate with the same is out of reach.</summary>
    private const int FingerprintBytes = 10;

    /// <param name="made">The code.</param>
    /// <param name="request">By which host the person has reached the page: devices are told the same.</param>
    public EnrolmentSheet For(NewEnrolmentCode made, HttpRequest request)
    {
        var tlsPort = options.Value.Port;
        var address = tlsPort is { } port
            ? string.Create(CultureInfo.InvariantCulture, $"https://{request.Host.Host}:{port}")
            : $"{request.Scheme}://{request.Host}";
        var code = WholeCode(made);
        var reachable = tlsPort is not null || request.IsHttps;
        var unnamed = tlsPort is not null && !certificate.Names(request.Host.Host) ? request.Host.Host : null;
        return new EnrolmentSheet(address, code, QrCode.Svg($"{address}\n{code}"), reachable, unnamed, certificate.IsSelfSigned);
    }

    /// <summary>The code, and after it, for a certificate nobody else vouches for, the fingerprint.</summary>
    public string WholeCode(NewEnrolmentCode made) =>
        options.Value.Port is not null && certificate.IsSelfSigned ? $"{made.Code}-{Fingerprint()}" : made.Code;

    private string Fingerprint() => string.Join(
        '-', Convert.ToHexString(SHA256.HashData(certificate.Certificate.RawData).AsSpan(0, FingerprintBytes)).Chunk(4)
            .Select(group => new string(group)));
}
