using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Web.Hosting;

/// <summary>Settings of the web host, beside the controller's in section "SmartRadio".</summary>
internal sealed class WebOptions
{
    /// <summary>Port of the pages and the API; 0 takes a free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 5080;

    /// <summary>Address on which the pages and the API are served.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>
    /// Addresses and networks (CIDR) of proxies, with commas between: what they say of the caller's address and scheme is
    /// believed.
    /// </summary>
    public string Proxies { get; set; } = string.Empty;

    /// <summary>File that gets an administrator's API key on first start, or null.</summary>
    public string? BootstrapKey { get; set; }
}
