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
    public void One_that_is_refused_after_a_reconnect_is_told_to_the_log_and_stays_wanted()
    {
        var log = new Lines();
        var wanted = new WantedSubscriptions(new PacketIds(), log);
        var (done, request) = wanted.Add("a/#", new MqttSubscription("a/#", MqttQualityOfService.AtLeastOnce));
        wanted.Acknowledge(((SubscribePacket)request).PacketId, MqttReasonCode.GrantedQoS1, null);
        Assert.True(done.IsCompletedSuccessfully);

        var again = Assert.IsType<SubscribePacket>(Assert.Single(wanted.Resume(sessionPresent: false)));
        wanted.Acknowledge(again.PacketId, MqttReasonCode.NotAuthorized, "Closed today");

        Assert.Equal("Warning: The MQTT broker no longer grants the subscription to a/#: NotAuthorized Closed today", Assert.Single(log.Said));
        Assert.Single(wanted.Resume(sessionPresent: false));
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
        var (_, request) = wanted.Add(filter, new MqttSubscription(filter, MqttQualityOfService.AtLeastOnce));
        wanted.Acknowledge(((SubscribePacket)request).PacketId, MqttReasonCode.NotAuthorized, null);
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
