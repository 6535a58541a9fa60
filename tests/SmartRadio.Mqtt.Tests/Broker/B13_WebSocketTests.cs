using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

[Collection(nameof(OneAtATime))]
public class B13_WebSocket
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_is_served_through_the_web_host()
    {
        await using var host = await StartAsync();
        var address = new Uri(host.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/mqtt");
        await using var client = new MqttClient(new MqttClientOptions { WebSocket = address, ClientId = "c" });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);

        for (var i = 0; i < 20; i++)
        {
            await client.PublishAsync(new MqttMessage("a", new byte[30_000]) { QualityOfService = MqttQualityOfService.AtLeastOnce }, Ct);
            Assert.Equal(30_000, (await client.Messages.ReadAsync(Ct)).Payload.Length);
        }
    }

    [Theory]
    [InlineData(MqttQualityOfService.AtMostOnce)]
    [InlineData(MqttQualityOfService.AtLeastOnce)]
    public async Task Two_hundred_clients_get_every_byte(MqttQualityOfService quality)
    {
        await using var host = await StartAsync();
        var address = new Uri(host.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/mqtt");

        await FanOut.CheckAsync(name => new MqttClientOptions { WebSocket = address, ClientId = name, ConnectTimeout = TimeSpan.FromMinutes(1) }, quality, Ct);
    }

    [Fact]
    public async Task An_ordinary_request_is_refused()
    {
        await using var host = await StartAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(host.Urls.First() + "/mqtt"), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMqttBroker(o => o.Port = 0);
        var host = builder.Build();
        host.UseWebSockets();
        host.MapMqtt();
        await host.StartAsync(Ct);
        return host;
    }
}
