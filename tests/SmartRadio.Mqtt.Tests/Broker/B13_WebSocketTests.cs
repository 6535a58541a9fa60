using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_ends_with_a_closing_frame_whoever_says_farewell(bool clientDoes)
    {
        await using var host = await StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri(host.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/mqtt"), Ct);
        await SendAsync(socket, new ConnectPacket(MqttProtocolVersion.V5, "c"));
        var buffer = new byte[1000];
        await socket.ReceiveAsync(buffer, Ct);

        // A second CONNECT is what a broker ends a connection for.
        await SendAsync(socket, clientDoes ? new DisconnectPacket(MqttReasonCode.Success) : new ConnectPacket(MqttProtocolVersion.V5, "c"));
        var received = await socket.ReceiveAsync(buffer, Ct);
        if (!clientDoes)
        {
            Assert.Equal((byte)PacketType.Disconnect << 4, buffer[0]);
            received = await socket.ReceiveAsync(buffer, Ct);
        }

        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, received.CloseStatus);
    }

    [Fact]
    public async Task Text_is_refused()
    {
        await using var host = await StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri(host.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/mqtt"), Ct);

        await SendAsync(socket, new ConnectPacket(MqttProtocolVersion.V5, "c"), WebSocketMessageType.Text);

        var received = await socket.ReceiveAsync(new byte[1000], Ct);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.InvalidMessageType), (received.MessageType, received.CloseStatus));
    }

    [Fact]
    public async Task The_client_ends_with_a_closing_frame_too()
    {
        var end = new TaskCompletionSource<WebSocketReceiveResult>();
        await using var host = await StartAsync(async socket =>
        {
            var buffer = new byte[1000];
            await socket.ReceiveAsync(buffer, Ct);
            await SendAsync(socket, new ConnAckPacket(false, MqttReasonCode.Success));
            await socket.ReceiveAsync(buffer, Ct);
            end.SetResult(await socket.ReceiveAsync(buffer, Ct));
        });
        var client = new MqttClient(new MqttClientOptions { WebSocket = new Uri(host.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/mqtt") });
        var connected = new TaskCompletionSource();
        client.Connected += connected.SetResult;
        await client.StartAsync(Ct);
        await connected.Task.WaitAsync(Ct);

        await client.DisposeAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, (await end.Task.WaitAsync(Ct)).CloseStatus);
    }

    [Fact]
    public async Task An_ordinary_request_is_refused()
    {
        await using var host = await StartAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(host.Urls.First() + "/mqtt"), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task SendAsync(WebSocket socket, Packet packet, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        var encoded = PacketEncoder.Encode(packet, MqttProtocolVersion.V5);
        await socket.SendAsync(encoded.Memory, type, endOfMessage: true, Ct);
        encoded.Release();
    }

    /// <param name="serve">In place of the broker.</param>
    private static async Task<WebApplication> StartAsync(Func<WebSocket, Task>? serve = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMqttBroker(o => o.Port = 0);
        var host = builder.Build();
        host.UseWebSockets();
        if (serve is null)
        {
            host.MapMqtt();
        }
        else
        {
            host.Map("/mqtt", async (HttpContext context) => await serve(await context.WebSockets.AcceptWebSocketAsync("mqtt")));
        }

        await host.StartAsync(Ct);
        return host;
    }
}
