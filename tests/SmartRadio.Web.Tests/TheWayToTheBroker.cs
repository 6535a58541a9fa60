using System.Globalization;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests;

public sealed class The_way_to_the_broker
{
    [Theory]
    [InlineData(false, 8883)]
    [InlineData(true, 1883)]
    public async Task Is_told_to_a_node_with_whether_it_is_TLS_whatever_the_port(bool isTls, int port)
    {
        await using var radio = new RadioHost(
            ("SmartRadio:Mqtt:NodeHost", "broker.example.vn"),
            ("SmartRadio:Mqtt:NodePort", port.ToString(CultureInfo.InvariantCulture)),
            ("SmartRadio:Mqtt:NodeTls", isTls.ToString()));
        await radio.InitializeAsync();
        using var client = radio.Program();
        var made = await (await client.PostAsync("/api/v1/nodes", new { name = "tls", areaId = await client.AreaAsync() })).JsonAsync(System.Net.HttpStatusCode.Created);
        var folder = Directory.CreateTempSubdirectory("smartradio-broker-").FullName;

        await EnrolCommand.RunAsync(radio.Address.ToString(), made.GetProperty("code").GetString()!, Path.Combine(folder, "node"), CancellationToken.None);

        Assert.Equal(new BrokerAddress("broker.example.vn", port, isTls), FleetFile.Read(NodeFile.In(Path.Combine(folder, "node"))).Broker);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Is_the_same_in_the_answer_that_a_device_reads()
    {
        await using var radio = new RadioHost(("SmartRadio:Mqtt:NodeTls", "true"), ("SmartRadio:Mqtt:NodePort", "4000"));
        await radio.InitializeAsync();
        using var client = radio.Program();
        var made = await (await client.PostAsync("/api/v1/nodes", new { name = "host", areaId = await client.AreaAsync() })).JsonAsync(System.Net.HttpStatusCode.Created);
        using var device = radio.Stranger();
        using var answer = await device.PostAsync("/api/v1/enrolments", new { code = made.GetProperty("code").GetString() });

        var given = Node.EnrolmentAnswer.Read(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("127.0.0.1", 4000, true), (given.BrokerHost, given.BrokerPort, given.HasBrokerTls));
    }
}
