using System.ComponentModel.DataAnnotations;
using SmartRadio.Controller;

namespace SmartRadio.Web.Tls;

/// <summary>The second port of the pages and the API, over TLS. Devices on other machines enrol there.</summary>
internal sealed class TlsOptions
{
    public const string Section = RoomOptions.Section + ":Tls";

    /// <summary>Null = no TLS; 0 takes a free one.</summary>
    [Range(0, 65_535)]
    public int? Port { get; set; }

    /// <summary>
    /// Names and addresses by which devices reach this machine, with commas between, beside those that it has itself: the
    /// certificate that this program makes names them all, and a device refuses one that lacks the name it was told.
    /// </summary>
    public string Names { get; set; } = string.Empty;

    /// <summary>
    /// PEM file with the certificate and those that vouch for it; null = one this program makes and signs itself.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>
    /// Browsers are told to use TLS for all names below this host's too (ASVS 5.0, 3.4.1); false where one of them is without.
    /// </summary>
    public bool Subdomains { get; set; } = true;

    /// <summary>PEM file with its private key, where that is not in the same file.</summary>
    public string? Key { get; set; }
}
