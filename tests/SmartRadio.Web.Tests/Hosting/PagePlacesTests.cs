using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Hosting;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>What one address may take of the connections to the pages.</summary>
public sealed class PagePlacesTests
{
    private static readonly (string Key, string Value) Two = ("SmartRadio:Limits:AddressPageConnections", "2");

    [Fact]
    public async Task Connection_of_an_address_beyond_its_share_is_closed()
    {
        await using var radio = new RadioHost(Two);
        await radio.InitializeAsync();
        var held = new List<TcpClient>();
        await FillAsync(radio, held, radio.Address);

        held.ForEach(client => client.Dispose());

        await Poll.UntilAsync("their places are free", () => IsServedAsync(radio));
    }

    [Fact]
    public async Task Stalled_handshakes_count_too()
    {
        await using var radio = new RadioHost(Two, ("SmartRadio:Tls:Port", "0"));
        await radio.InitializeAsync();
        var held = new List<TcpClient>();

        await FillAsync(radio, held, radio.TlsAddress);

        held.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Trusted_proxy_is_not_bounded()
    {
        await using var radio = new RadioHost(Two, ("SmartRadio:Proxies", "127.0.0.0/8"));
        await radio.InitializeAsync();
        using var first = Open(radio);
        using var second = Open(radio);
        using var third = Open(radio);

        Assert.True(await IsServedAsync(first));
        Assert.True(await IsServedAsync(second));
        Assert.True(await IsServedAsync(third));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:0:0:2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Address_of_IPv6_is_its_network(string one, string other, bool isSame)
    {
        var places = new PagePlaces(
            Options.Create(new LimitOptions { AddressPageConnections = 1 }), Options.Create(new WebOptions()));
        using var first = places.Take(IPAddress.Parse(one));

        using var second = places.Take(IPAddress.Parse(other));

        Assert.Equal(isSame, second is null);
    }

    /// <summary>Opens connections until one more is closed. One that is tried may be counted before one that is held.</summary>
    private static Task FillAsync(RadioHost radio, List<TcpClient> held, Uri address) =>
        Poll.UntilAsync("one more is closed", async () =>
        {
            held.Add(new TcpClient("127.0.0.1", address.Port));
            return !await IsServedAsync(radio);
        });

    private static TcpClient Open(RadioHost radio) => new("127.0.0.1", radio.Address.Port);

    private static async Task<bool> IsServedAsync(RadioHost radio)
    {
        using var client = Open(radio);
        return await IsServedAsync(client);
    }

    private static async Task<bool> IsServedAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            return await client.GetStream().ReadAsync(new byte[1]) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
