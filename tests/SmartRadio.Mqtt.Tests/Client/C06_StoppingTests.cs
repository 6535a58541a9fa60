using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>Nobody waits for ever for a client that has been stopped.</summary>
public class C06_Stopping
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly MqttMessage Kept = new("a", new byte[3_000]) { QualityOfService = MqttQualityOfService.AtLeastOnce };

    [Fact]
    public async Task What_is_asked_of_a_stopped_client_is_cancelled()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = new MqttClient(broker.ClientOptions("c"));
        await client.StartAsync(CancellationToken.None);
        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, CancellationToken.None);
        await client.StopAsync(CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PublishAsync(Kept, CancellationToken.None).WaitAsync(Soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SubscribeAsync("b", MqttQualityOfService.AtLeastOnce, CancellationToken.None).WaitAsync(Soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.UnsubscribeAsync("a", CancellationToken.None).WaitAsync(Soon));
        Assert.False(client.TryPublish(Kept));
    }

    [Fact]
    public async Task Who_waits_for_room_is_told_when_the_client_stops()
    {
        var client = new MqttClient(new MqttClientOptions { MaxUnacknowledgedBytes = 10_000 });
        while (client.TryPublish(Kept))
        {
            // Until nothing more is taken.
        }

        var waiting = client.PublishAsync(Kept, CancellationToken.None);
        await client.StopAsync(CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_broker_that_reads_no_more_does_not_keep_it()
    {
        await using var broker = await StalledBroker.StartAsync();
        var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port });
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += () => connected.TrySetResult();
        await client.StartAsync(CancellationToken.None);
        await connected.Task.WaitAsync(Soon);
        // More than the sockets of a machine hold between them.
        Assert.True(client.TryPublish(new MqttMessage("a", new byte[64_000_000])));

        await client.DisposeAsync().AsTask().WaitAsync(Soon);

        Assert.False(await client.Messages.WaitToReadAsync(CancellationToken.None).AsTask().WaitAsync(Soon));
    }

    [Fact]
    public async Task Nothing_is_taken_any_more_once_the_farewell_is_said()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new List<PacketType>();
        var broker = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
            await stopping.Task;
            while (await peer.TryReceiveAsync() is { } packet)
            {
                seen.Add(packet.Type);
            }
        });
        // On a clock that stands still the farewell has all the time it needs.
        var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, MaxQueuedBytes = 80_000_000 }, new ManualTime());
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += () => connected.TrySetResult();
        await client.StartAsync(CancellationToken.None);
        await connected.Task.WaitAsync(Soon);
        // More than the sockets of a machine hold between them: the farewell waits behind it.
        Assert.True(client.TryPublish(new MqttMessage("a", new byte[32_000_000])));

        var stopped = client.StopAsync(CancellationToken.None);
        var few = Kept with { QualityOfService = MqttQualityOfService.AtMostOnce };
        Assert.False(client.TryPublish(few));
        Assert.False(client.TryPublish(Kept));
        await Assert.ThrowsAsync<MqttNotConnectedException>(() => client.PublishAsync(few, CancellationToken.None).WaitAsync(Soon));
        stopping.SetResult();
        await stopped.WaitAsync(Soon);
        await broker.DisposeAsync();

        Assert.Equal([PacketType.Publish, PacketType.Disconnect], seen);
    }

    [Fact]
    public async Task An_owner_that_fails_when_told_of_a_connection_breaks_only_that_one()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var client = new MqttClient(broker.ClientOptions("c"));
        var told = 0;
        client.Connected += () => _ = Interlocked.Increment(ref told) == 1 ? throw new FormatException("It was told.") : told;
        client.Disconnected += _ => throw new FormatException("It was told.");
        await client.StartAsync(CancellationToken.None);

        await client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, CancellationToken.None).WaitAsync(Soon);

        Assert.Equal(2, told);
    }
}
