using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

[Collection(nameof(OneAtATime))]
public class B13_WebSocket
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

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
        var end = new TaskCompletionSource<WebSocketReceiveResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(async socket =>
        {
            var buffer = new byte[1000];
            try
            {
                await socket.ReceiveAsync(buffer, Ct);
                await SendAsync(socket, new ConnAckPacket(false, MqttReasonCode.Success));
                await socket.ReceiveAsync(buffer, Ct);
                end.TrySetResult(await socket.ReceiveAsync(buffer, Ct));
            }
            catch (Exception e)
            {
                end.TrySetException(e);
            }
        });
        var client = new MqttClient(new MqttClientOptions { WebSocket = new Uri(host.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/mqtt") });
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += () => connected.TrySetResult();
        await client.StartAsync(Ct);
        await connected.Task.WaitAsync(Soon, Ct);

        await client.DisposeAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, (await end.Task.WaitAsync(Soon, Ct)).CloseStatus);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_falls_silent_is_let_go_of_though_it_may_not_even_read(bool isSentMuch)
    {
        var time = new ManualTime();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(ended: () => ended.TrySetResult(), time: time);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri(host.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/mqtt"), Ct);
        await SendAsync(socket, new ConnectPacket(MqttProtocolVersion.V5, "c") { KeepAlive = 10 });
        var buffer = new byte[1000];
        await socket.ReceiveAsync(buffer, Ct);
        await SendAsync(socket, new SubscribePacket(1, [new MqttSubscription("a", MqttQualityOfService.AtMostOnce)]));
        await socket.ReceiveAsync(buffer, Ct);

        var broker = host.Services.GetRequiredService<MqttBroker>();
        using var speaker = await RawClient.ConnectAsync(broker.EndPoint!.Port, MqttProtocolVersion.V5);
        await speaker.GreetAsync("speaker");
        var text = new string('x', 100_000);
        while (isSentMuch && broker.Statistics.MessagesDropped == 0 && !ended.Task.IsCompleted)
        {
            await speaker.PublishAsync("a", text);
            await speaker.ExpectSilenceAsync();
        }

        time.Advance(TimeSpan.FromSeconds(16));
        if (isSentMuch)
        {
            // What cannot be sent is waited for, but not for long.
            time.Advance(TimeSpan.FromSeconds(3));
            await ended.Task.WaitAsync(Soon, Ct);
        }
        else
        {
            await ended.Task.WaitAsync(Soon, Ct);
            await socket.ReceiveAsync(buffer, Ct);
            Assert.Equal((byte)PacketType.Disconnect << 4, buffer[0]);
            Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(buffer, Ct)).MessageType);
        }
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
    /// <param name="ended">Called when a connection has been served.</param>
    /// <param name="time">The broker's clock.</param>
    private static async Task<WebApplication> StartAsync(Func<WebSocket, Task>? serve = null, Action? ended = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddMqttBroker(o => o.Port = 0);
        var host = builder.Build();
        host.UseWebSockets();
        host.Use(async (context, next) =>
        {
            await next(context);
            ended?.Invoke();
        });
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
