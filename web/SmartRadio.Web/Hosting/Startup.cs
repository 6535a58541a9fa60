using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SmartRadio.Audio.Processes;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Demo;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Hosting;

/// <summary>What happens before the program serves anybody.</summary>
internal static class Startup
{
    /// <summary>Checks what a person can put right, brings the database up to date, and makes what a first start needs.</summary>
    /// <exception cref="StartFailure">The program cannot run like this; the sentence says what to do.</exception>
    public static async Task PrepareAsync(this WebApplication app)
    {
        var services = app.Services;
        CheckSettings(services);
        var web = services.GetRequiredService<IOptions<WebOptions>>().Value;
        var mqtt = services.GetRequiredService<IOptions<MqttOptions>>().Value;
        CheckPort(RadioServer.AddressOf(web.Listen, "SmartRadio:Listen"), web.Port, "SmartRadio:Port", "--port");
        if (services.GetRequiredService<IOptions<TlsOptions>>().Value.Port is { } tlsPort)
        {
            CheckPort(RadioServer.AddressOf(web.Listen, "SmartRadio:Listen"), tlsPort, "SmartRadio:Tls:Port", "--tls-port");
        }

        services.GetRequiredService<ServerCertificate>().Check();

        if (mqtt.Host is null)
        {
            var listen = RadioServer.AddressOf(mqtt.Listen, "SmartRadio:Mqtt:Listen");
            CheckPort(listen, mqtt.Port, "SmartRadio:Mqtt:Port", "--mqtt-port");
            CheckPort(listen, mqtt.TlsPort ?? 0, "SmartRadio:Mqtt:TlsPort", "--mqtt-tls-port");
        }

        var cancellationToken = app.Lifetime.ApplicationStopping;
        await services.GetRequiredService<RadioDbStartup>().MigrateAsync(cancellationToken);
        var first = await services.GetRequiredService<FirstAdministrator>().EnsureAsync(web.BootstrapKey, cancellationToken);
        var greeting = services.GetRequiredService<Greeting>();
        greeting.First = first;
        greeting.SandboxLack = ToolSandbox.Lack;
        var demo = services.GetRequiredService<IOptions<DemoOptions>>().Value.Demo;
        greeting.Demo = demo > 0 ? await services.GetRequiredService<DemoCommune>().EnsureAsync(demo, cancellationToken) : null;
        app.Lifetime.ApplicationStarted.Register(() => greeting.Print(app.Urls));
    }

    private static void CheckSettings(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (InvalidOperationException unreadable)
        {
            // What is no time or number at all; the message names the key and the value.
            throw StartFailure.Configuration(unreadable);
        }
    }

    private static void CheckPort(IPAddress listen, int port, string key, string name)
    {
        try
        {
            using var probe = new TcpListener(listen, port);
            probe.Start();
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw StartFailure.PortTaken(port, key, name);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AccessDenied)
        {
            throw StartFailure.PortNotAllowed(port, name);
        }
        catch (SocketException error)
            when (error.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            throw StartFailure.Setting(key.StartsWith("SmartRadio:Mqtt", StringComparison.Ordinal)
                ? "SmartRadio:Mqtt:Listen"
                : "SmartRadio:Listen", listen.ToString());
        }
    }
}
