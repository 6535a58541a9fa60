using System.Net;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>What one address may take of the broker.</summary>
public sealed class AddressPlacesTests
{
    [Fact]
    public async Task Strangers_of_an_address_are_few_and_who_signs_in_is_none()
    {
        await using var broker = await TestBroker.StartAsync(options =>
            (options.MaxAddressStrangers, options.FreeNetworks) = (2, []));
        using var first = await broker.SignInAsync("1");
        using var second = await broker.SignInAsync("2");
        var silent = await broker.OpenAsync();
        using var other = await broker.OpenAsync();
        await Poll.UntilAsync("a third stranger is closed", () => IsClosedAsync(broker));

        silent.Dispose();

        await Poll.UntilAsync("its place is free", async () => !await IsClosedAsync(broker));
        await first.HearsNothingAsync();
    }

    [Fact]
    public async Task Connections_of_an_address_are_bounded()
    {
        await using var broker = await TestBroker.StartAsync(options =>
            (options.MaxAddressConnections, options.FreeNetworks) = (2, []));
        using var first = await broker.SignInAsync("1");
        var second = await broker.SignInAsync("2");
        await Poll.UntilAsync("a third is closed", () => IsClosedAsync(broker));

        second.Dispose();

        await Poll.UntilAsync("its place is free", async () => !await IsClosedAsync(broker));
    }

    [Fact]
    public async Task This_machine_is_not_bounded()
    {
        await using var broker = await TestBroker.StartAsync(options =>
            (options.MaxAddressConnections, options.MaxAddressStrangers) = (1, 1));
        using var silent = await broker.OpenAsync();
        using var first = await broker.SignInAsync("1");

        using var second = await broker.SignInAsync("2");

        await second.HearsNothingAsync();
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:0:0:2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Address_of_IPv6_is_its_network(string one, string other, bool isSame)
    {
        var places = new AddressPlaces(new EmbeddedBrokerOptions { MaxAddressConnections = 1 });
        using var first = places.Take(new IPEndPoint(IPAddress.Parse(one), 1));

        using var second = places.Take(new IPEndPoint(IPAddress.Parse(other), 1));

        Assert.Equal(isSame, second is null);
    }

    /// <summary>Whether the broker does not even let it ask: it would answer a CONNECT.</summary>
    private static async Task<bool> IsClosedAsync(TestBroker broker)
    {
        try
        {
            using var client = await broker.OpenAsync();
            await client.SendAsync(RawClient.Connect("probe"));
            return await client.TryReceiveAsync() is null;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
