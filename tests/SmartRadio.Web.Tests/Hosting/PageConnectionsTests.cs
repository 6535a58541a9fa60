using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>Connections to the pages are bounded, apart from those to the broker.</summary>
public sealed class PageConnectionsTests
{
    [Fact]
    public async Task Connection_beyond_the_most_is_closed_until_another_ends()
    {
        await using var radio = new RadioHost(("SmartRadio:Limits:PageConnections", "2"));
        await radio.InitializeAsync();
        using var first = Open(radio);
        var second = Open(radio);
        await Poll.UntilAsync("a third is closed", async () => !await IsServedAsync(radio));

        var link = radio.Services.GetRequiredService<EmbeddedBroker>().Metrics.Connected;
        second.Dispose();

        await Poll.UntilAsync("its place is free", () => IsServedAsync(radio));
        Assert.Equal(1, link);
    }

    private static TcpClient Open(RadioHost radio) => new("127.0.0.1", radio.Address.Port);

    private static async Task<bool> IsServedAsync(RadioHost radio)
    {
        try
        {
            using var client = Open(radio);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            return await client.GetStream().ReadAsync(new byte[1]) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
