using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Nodes;

public sealed class WayToBrokerTests
{
    [Theory]
    [InlineData(false, 8883)]
    [InlineData(true, 1883)]
    public async Task Way_is_told_to_a_node_with_whether_it_is_TLS(bool isTls, int port)
    {
        await using var radio = new RadioHost(
            ("SmartRadio:Mqtt:NodeHost", "broker.example.vn"),
            ("SmartRadio:Mqtt:NodePort", port.ToString(CultureInfo.InvariantCulture)),
            ("SmartRadio:Mqtt:NodeTls", isTls.ToString()));
        await radio.InitializeAsync();
        using var client = radio.Program();
        var made =
            await (await client.PostAsync("/api/v1/nodes", new { name = "tls", areaId = await client.AreaAsync() })).JsonAsync(
                System.Net.HttpStatusCode.Created);
        var folder = Directory.CreateTempSubdirectory("smartradio-broker-").FullName;

        await EnrolCommand.RunAsync(
            radio.Address.ToString(), made.GetProperty("code").GetString()!,
            Path.Combine(folder, "node"), CancellationToken.None);

        Assert.Equal(
            new BrokerAddress("broker.example.vn", port, isTls),
            FleetFile.Read(NodeFile.In(Path.Combine(folder, "node"))).Broker);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Leads_over_TLS_to_the_certificate_of_the_code()
    {
        await using var radio = new RadioHost(("SmartRadio:Tls:Port", "0"), ("SmartRadio:Mqtt:TlsPort", "0"));
        await radio.InitializeAsync();
        using var client = radio.Program();
        var made =
            await (await client.PostAsync("/api/v1/nodes", new { name = "tls", areaId = await client.AreaAsync() })).JsonAsync(
                System.Net.HttpStatusCode.Created);
        var id = made.GetProperty("id").GetString()!;
        var folder = Directory.CreateTempSubdirectory("smartradio-broker-").FullName;
        var url = "https://127.0.0.1:" + radio.TlsAddress.Port;
        await EnrolCommand.RunAsync(
            url, made.GetProperty("code").GetString()!, Path.Combine(folder, "node"), CancellationToken.None);
        var file = FleetFile.Read(NodeFile.In(Path.Combine(folder, "node")));
        Assert.True(file.Broker.Tls);
        Assert.Equal(radio.Services.GetRequiredService<EmbeddedBroker>().TlsEndPoint!.Port, file.Broker.Port);

        var links = new FleetLinks();
        await RunAsync(file.Broker, file.Nodes[0], folder, links, () => Poll.UntilAsync(
            "the node is on-line",
            async () => (await (await client.FetchAsync($"/api/v1/nodes/{id}")).JsonAsync()).GetProperty("online").GetBoolean()));
        // Another machine in the controller's place is not believed.
        var other = file.Broker with { Certificate = new string('0', 64) };
        await RunAsync(
            other, file.Nodes[0], folder, links,
            () => Poll.UntilAsync(
                "the certificate is refused",
                () => links.Counts(1).Contains("1 not trusting the broker", StringComparison.Ordinal)));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task Way_is_open_to_the_controller_on_all_addresses(string listen)
    {
        await using var radio = new RadioHost(("SmartRadio:Mqtt:Listen", listen));
        await radio.InitializeAsync();

        await Poll.UntilAsync(
            "the controller is connected", () => radio.Services.GetRequiredService<Controller.Link.IMessageBus>().IsConnected);
    }

    [Fact]
    public async Task Way_is_the_same_in_the_answer_that_a_device_reads()
    {
        await using var radio = new RadioHost(("SmartRadio:Mqtt:NodeTls", "true"), ("SmartRadio:Mqtt:NodePort", "4000"));
        await radio.InitializeAsync();
        using var client = radio.Program();
        var made =
            await (await client.PostAsync("/api/v1/nodes", new { name = "host", areaId = await client.AreaAsync() })).JsonAsync(
                System.Net.HttpStatusCode.Created);
        using var device = radio.Stranger();
        using var answer = await device.PostAsync("/api/v1/enrolments", new { code = made.GetProperty("code").GetString() });

        var given = Node.Setup.EnrolmentAnswer.Read(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("127.0.0.1", 4000, true), (given.BrokerHost, given.BrokerPort, given.HasBrokerTls));
    }

    /// <summary>Runs a node for as long as something is waited for.</summary>
    private static async Task RunAsync(BrokerAddress broker, FleetNode identity, string folder, FleetLinks links, Func<Task> wait)
    {
        using var stop = new CancellationTokenSource();
        using var node = new VirtualNode(identity, new FleetSetting(broker, folder) { Links = links, Records = false });
        var running = node.RunAsync(stop.Token);
        await wait();
        await stop.CancelAsync();
        await running;
    }
}
