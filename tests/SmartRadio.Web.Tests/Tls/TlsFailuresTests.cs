using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Tests.Tls;

/// <summary>Handshakes that fail are counted, and told once a minute with their number.</summary>
public sealed class TlsFailuresTests
{
    [Fact]
    public async Task Failed_handshakes_of_both_ports_are_counted_and_told()
    {
        using var logs = new AllLogs();
        await using var radio = new RadioHost(
            ("SmartRadio:Tls:Port", "0"), ("SmartRadio:Mqtt:TlsPort", "0"), ("Logging:LogLevel:Default", "Information"),
            ("Logging:Console:LogLevel:Default", "None"));
        radio.Logs = logs;
        await radio.InitializeAsync();
        var failures = radio.Services.GetRequiredService<TlsFailures>();
        var ports = new[] { radio.TlsAddress.Port, radio.Services.GetRequiredService<EmbeddedBroker>().TlsEndPoint!.Port };
        foreach (var port in ports)
        {
            await SucceedAsync(port);
            await FailAsync(port);
        }

        await FailAsync(ports[0]);
        await Poll.UntilAsync("all are counted", () => Task.FromResult(failures.Counted == (2, 1)));
        failures.Tell();
        failures.Tell();

        Assert.Equal(
            "3 TLS handshakes failed: 2 at the pages, 1 at the broker",
            Assert.Single(logs.Lines, line => line.Contains("handshakes failed", StringComparison.Ordinal)));
        var figures = await radio.Stranger().GetStringAsync(
            new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("smartradio_web_tls_failures_total", figures, StringComparison.Ordinal);
        Assert.Contains("smartradio_mqtt_tls_failures_total", figures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_is_told_once_a_minute_and_nothing_where_none_failed()
    {
        using var logs = new AllLogs();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var time = new SettableTime(DateTimeOffset.UnixEpoch);
        using var failures = new TlsFailures(
            meters.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), time, loggers.CreateLogger<TlsFailures>());
        await failures.StartAsync(CancellationToken.None);
        failures.Count();
        failures.Count();
        Assert.Empty(logs.Lines);

        await Poll.UntilAsync("it is told", () =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(!logs.Lines.IsEmpty);
        });
        time.Advance(TimeSpan.FromMinutes(5));
        await failures.StopAsync(CancellationToken.None);

        Assert.StartsWith("2 TLS handshakes failed", Assert.Single(logs.Lines), StringComparison.Ordinal);
    }

    private static async Task SucceedAsync(int port)
    {
        using var socket = new TcpClient("127.0.0.1", port);
        await using var tls = new SslStream(
            socket.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync("localhost");
    }

    /// <summary>Plain HTTP at a port of TLS.</summary>
    private static async Task FailAsync(int port)
    {
        using var socket = new TcpClient("127.0.0.1", port);
        var stream = socket.GetStream();
        await stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        var rest = new byte[64];
        try
        {
            while (await stream.ReadAsync(rest) > 0)
            {
                // An alert, perhaps.
            }
        }
        catch (IOException)
        {
            // Cut off.
        }
    }
}
