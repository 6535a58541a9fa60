using System.Net.Sockets;
using SmartRadio.Mqtt.Client;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Client;

/// <summary>A broker that asks and does not read what it is answered.</summary>
public class C09_Unread_answers
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_reads_no_answers_is_asked_for_no_more_and_then_left()
    {
        var time = new ManualTime();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var broker = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
            try
            {
                // The answers are more than the sockets of a machine hold between them.
                await peer.SendRawAsync(Releases(2_000_000), Ct);
                await peer.SendAsync(new PublishPacket("all was read", default, MqttQualityOfService.AtMostOnce, 0));
                await over.Task;
            }
            catch (SocketException)
            {
                // The client left.
            }
        });
        await using var client = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, FirstReconnectDelay = TimeSpan.FromHours(1) }, time);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Disconnected += _ => ended.TrySetResult();
        await client.StartAsync(Ct);

        while (!ended.Task.IsCompleted && client.Messages.Count == 0)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Ct);
        }

        over.SetResult();
        Assert.Equal(0, client.Messages.Count);
    }

    [Fact]
    public async Task A_broker_that_reads_its_answers_late_gets_them_all()
    {
        const int Count = 50_000;
        var answers = 0;
        await using var broker = await FakeBroker.StartAsync(async peer =>
        {
            await peer.ReceiveAsync<ConnectPacket>();
            await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
            var asking = peer.SendRawAsync(Releases(Count), Ct);
            while (answers < Count && await peer.TryReceiveAsync() is AckPacket { Type: PacketType.PubComp })
            {
                answers++;
            }

            await asking;
        });
        await using var client = new MqttClient(
            new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, MaxQueuedBytes = 1_000, MaxUnacknowledgedBytes = 1_000, FirstReconnectDelay = TimeSpan.FromHours(1) });
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Disconnected += _ => ended.TrySetResult();
        await client.StartAsync(Ct);
        await ended.Task.WaitAsync(Soon, Ct);

        Assert.Equal(Count, answers);
    }

    /// <summary>PUBREL of a message that was never sent, again and again.</summary>
    private static byte[] Releases(int count)
    {
        var bytes = new byte[4 * count];
        for (var i = 0; i < bytes.Length; i += 4)
        {
            (bytes[i], bytes[i + 1], bytes[i + 3]) = (0x62, 2, 7);
        }

        return bytes;
    }
}
