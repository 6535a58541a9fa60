using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>What becomes of a wish to be subscribed when things do not go straight.</summary>
public class C07_Subscriptions
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_for_the_same_as_another_does_not_cancel_the_others_wait()
    {
        await using var broker = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
            await peer.ReceiveAsync<SubscribePacket>();
            var second = await peer.ReceiveAsync<SubscribePacket>();
            await peer.SendAsync(new SubAckPacket(second.PacketId, [MqttReasonCode.GrantedQoS1]));
            await peer.ReceiveAsync<DisconnectPacket>();
        });
        await using var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port });
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += () => connected.TrySetResult();
        await client.StartAsync(Ct);
        await connected.Task.WaitAsync(Soon, Ct);

        var one = client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce, Ct);
        var other = client.SubscribeAsync("a", MqttQualityOfService.AtLeastOnce, Ct);

        await Task.WhenAll(one, other).WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task What_a_broken_connection_left_unanswered_is_asked_for_again_though_it_was_granted_once()
    {
        var askedAgain = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var broker = await FakeBroker.StartAsync(
            async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
                var asked = await peer.ReceiveAsync<SubscribePacket>();
                await peer.SendAsync(new SubAckPacket(asked.PacketId, [MqttReasonCode.Success]));
                await peer.SendAsync(new PingRespPacket());
            },
            async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
                await peer.ReceiveAsync<SubscribePacket>();
            },
            async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await peer.SendAsync(new ConnAckPacket(true, MqttReasonCode.Success));
                await peer.ReceiveAsync<SubscribePacket>();
                askedAgain.SetResult();
                await peer.TryReceiveAsync();
            });
        await using var client = new MqttClient(new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = broker.Port,
            ClientId = "c",
            SessionExpiryInterval = TimeSpan.FromMinutes(1),
            FirstReconnectDelay = TimeSpan.FromMilliseconds(20),
        });
        await client.StartAsync(Ct);
        await client.SubscribeAsync("a", MqttQualityOfService.AtMostOnce, Ct);

        await askedAgain.Task.WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task Who_is_refused_the_end_of_a_subscription_is_told()
    {
        await using var broker = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
            var asked = await peer.ReceiveAsync<UnsubscribePacket>();
            await peer.SendAsync(new UnsubAckPacket(asked.PacketId, [MqttReasonCode.NotAuthorized]));
            await peer.ReceiveAsync<DisconnectPacket>();
        });
        await using var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port });
        await client.StartAsync(Ct);

        var refusal = await Assert.ThrowsAsync<MqttRefusedException>(() => client.UnsubscribeAsync("a", Ct).WaitAsync(Soon, Ct));

        Assert.Equal(MqttReasonCode.NotAuthorized, refusal.ReasonCode);
    }

    [Fact]
    public void One_that_is_refused_after_a_reconnect_is_told_to_the_log_and_stays_wanted()
    {
        var log = new Lines();
        var wanted = new WantedSubscriptions(new PacketIds(), log);
        var asked = new List<Packet>();
        wanted.Begin(sessionPresent: false, asked.Add);
        var done = wanted.Add("a/#", new MqttSubscription("a/#", MqttQualityOfService.AtLeastOnce));
        wanted.Acknowledge(Assert.IsType<SubscribePacket>(Assert.Single(asked)).PacketId, MqttReasonCode.GrantedQoS1, null);
        Assert.True(done.IsCompletedSuccessfully);

        wanted.Begin(sessionPresent: false, asked.Add);
        wanted.Acknowledge(Assert.IsType<SubscribePacket>(asked[1]).PacketId, MqttReasonCode.NotAuthorized, "Closed today");

        Assert.Equal("Warning: The MQTT broker no longer grants the subscription to a/#: NotAuthorized Closed today", Assert.Single(log.Said));
        wanted.Begin(sessionPresent: false, asked.Add);
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public void Wishes_reach_the_broker_in_the_order_they_are_remembered_in()
    {
        var wanted = new WantedSubscriptions(new PacketIds(), NullLogger.Instance);
        var asked = new List<Packet>();
        Thread? other = null;
        wanted.Begin(sessionPresent: false, packet =>
        {
            if (other is null)
            {
                // The first is slow to leave. The second must not get past it, so this wait is in vain.
                other = new Thread(() => _ = wanted.Add("a", subscription: null));
                other.Start();
                other.Join(TimeSpan.FromMilliseconds(200));
            }

            asked.Add(packet);
        });

        _ = wanted.Add("a", new MqttSubscription("a", MqttQualityOfService.AtLeastOnce));
        other!.Join();

        Assert.Equal([PacketType.Subscribe, PacketType.Unsubscribe], asked.Select(p => p.Type));
    }

    [Fact]
    public void One_that_is_refused_when_nobody_waits_any_more_is_no_fault_of_the_program()
    {
        var unobserved = new List<string>();
        EventHandler<UnobservedTaskExceptionEventArgs> listen = (_, e) =>
        {
            lock (unobserved)
            {
                unobserved.Add(e.Exception.ToString());
            }
        };
        TaskScheduler.UnobservedTaskException += listen;
        try
        {
            AskAndBeRefused("nobody/waits");
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= listen;
        }

        lock (unobserved)
        {
            Assert.DoesNotContain(unobserved, said => said.Contains("nobody/waits", StringComparison.Ordinal));
        }
    }

    /// <summary>Not inlined, so that nothing holds the task any longer than the client would.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AskAndBeRefused(string filter)
    {
        var wanted = new WantedSubscriptions(new PacketIds(), NullLogger.Instance);
        Packet? asked = null;
        wanted.Begin(sessionPresent: false, packet => asked = packet);
        _ = wanted.Add(filter, new MqttSubscription(filter, MqttQualityOfService.AtLeastOnce));
        wanted.Acknowledge(((SubscribePacket)asked!).PacketId, MqttReasonCode.NotAuthorized, null);
    }

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
