using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Hosting;

/// <summary>The HTTP server: where it listens and what it accepts at most.</summary>
internal static class RadioServer
{
    /// <summary>How long stopping may take, so that Ctrl-C ends the program well within 5 s.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(4);

    /// <summary>So long a body may come as slowly as it will.</summary>
    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(5);

    public static void AddRadioServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddRoomOptions<WebOptions>();
        builder.Services.AddRoomOptions<TlsOptions>(TlsOptions.Section);
        builder.Services.AddSingleton<ServerCertificate>();
        builder.Services.AddSingleton<TlsPort>();
        builder.Services.AddSingleton<PagePlaces>();
        builder.Services.AddSingleton<TlsFailures>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TlsFailures>());
        builder.Services.AddOptions<EmbeddedBrokerOptions>()
            .Configure<ServerCertificate>((broker, shown) => broker.ConfigureTls = shown.Configure);
        // Whoever asks under another name than those set (AllowedHosts) gets 400 and no text.
        builder.Services.Configure<HostFilteringOptions>(hosts => hosts.IncludeFailureMessage = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit.Usual;
            var limits = kestrel.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value;
            var isTls = kestrel.ApplicationServices.GetRequiredService<IOptions<TlsOptions>>().Value.Port is not null;
            // Kestrel counts each port by itself. What is left of the open files belongs to the broker and to files.
            kestrel.Limits.MaxConcurrentConnections = limits.PageConnections / (isTls ? 2 : 1);
            // Nothing here is a WebSocket.
            kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.UploadRate, RateGrace);
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<WebOptions>>().Value;
            var address = AddressOf(options.Listen, "SmartRadio:Listen");
            var places = kestrel.ApplicationServices.GetRequiredService<PagePlaces>();
            kestrel.Listen(address, options.Port, places.Guard);
            if (kestrel.ApplicationServices.GetRequiredService<IOptions<TlsOptions>>().Value.Port is { } tlsPort)
            {
                var failures = kestrel.ApplicationServices.GetRequiredService<TlsFailures>();
                var shown = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
                kestrel.Listen(address, tlsPort, listen =>
                {
                    places.Guard(listen);
                    listen.UseTls(shown.Configure, failures.Count);
                });
            }
        });
    }

    /// <exception cref="StartFailure">It is no address.</exception>
    public static IPAddress AddressOf(string text, string key) =>
        IPAddress.TryParse(text, out var address) ? address : throw StartFailure.Setting(key, text);
}
