using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartRadio.Benchmarks.Load;

namespace SmartRadio.Benchmarks.Soak;

/// <summary>
/// One client after another: some polite, some that vanish, some that break the protocol, some that stop reading.
/// </summary>
internal static class SoakLife
{
    private const int Identities = 1_000;
    private const int Topics = 200;
    private const int LargestPayload = 4_096;
    private static readonly TimeSpan LongestStay = TimeSpan.FromMilliseconds(500);

    public static async Task RepeatAsync(int port, Random chance, SoakTally tally, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            tally.CountClient();
            try
            {
                await (chance.Next(10) switch
                {
                    0 => StopReadingAsync(port, chance, end),
                    1 => BreakTheProtocolAsync(port, chance, end),
                    _ => TalkAsync(port, chance, tally, end),
                });
            }
            catch (Exception e)
                when (e is IOException or SocketException or MqttCommunicationException or MqttClientNotConnectedException)
            {
                tally.CountBrokenOff();
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task TalkAsync(int port, Random chance, SoakTally tally, CancellationToken end)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(IPAddress.Loopback.ToString(), port)
            .WithClientId($"soak-{chance.Next(Identities)}")
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(chance.Next(1, 120)))
            .WithProtocolVersion(chance.Next(2) == 0 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311);
        if (chance.Next(3) == 0)
        {
            options.WithWillTopic(Topic(chance)).WithWillPayload(new byte[chance.Next(100)]);
        }

        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += _ =>
        {
            tally.CountReceived();
            return Task.CompletedTask;
        };
        await client.ConnectAsync(options.Build(), end);
        await client.SubscribeAsync(Filter(chance), (MqttQualityOfServiceLevel)chance.Next(3), end);
        for (var i = chance.Next(20); i > 0; i--)
        {
            await client.PublishAsync(Message(chance), end);
            tally.CountPublished();
        }

        await Task.Delay(LongestStay * chance.NextDouble(), end);
        // The others vanish, and their wills are told.
        if (chance.Next(3) > 0)
        {
            await client.DisconnectAsync(cancellationToken: end);
        }
    }

    private static async Task StopReadingAsync(int port, Random chance, CancellationToken end)
    {
        using var socket = await ConnectAsync(port, end);
        await socket.SendAsync(
            (byte[])[.. Wire311.Connect($"stalled-{chance.Next(Identities)}"), .. Wire311.Subscribe("soak/#")], end);
        await Task.Delay(LongestStay * 4 * chance.NextDouble(), end);
    }

    private static async Task BreakTheProtocolAsync(int port, Random chance, CancellationToken end)
    {
        using var socket = await ConnectAsync(port, end);
        var noise = new byte[chance.Next(1, 2_000)];
        chance.NextBytes(noise);
        if (chance.Next(2) == 0)
        {
            await socket.SendAsync(Wire311.Connect($"broken-{chance.Next(Identities)}"), end);
        }

        await socket.SendAsync(noise, end);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(LongestStay);
        try
        {
            while (await socket.ReceiveAsync(noise, patience.Token) > 0)
            {
                // Until the broker has had enough.
            }
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            // It may wait for the rest of what looks like a packet.
        }
    }

    private static async Task<Socket> ConnectAsync(int port, CancellationToken end)
    {
        // A hard close leaves no port behind in TIME_WAIT: thousands of clients follow each other.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            LingerState = new LingerOption(true, 0)
        };
        await socket.ConnectAsync(IPAddress.Loopback, port, end);
        return socket;
    }

    private static string Filter(Random chance) => chance.Next(3) switch
    {
        0 => "soak/+",
        1 => "other/#",
        _ => Topic(chance),
    };

    private static string Topic(Random chance) => $"soak/{chance.Next(Topics)}";

    private static MqttApplicationMessage Message(Random chance) => new MqttApplicationMessageBuilder()
        .WithTopic(Topic(chance))
        .WithPayload(new byte[chance.Next(LargestPayload)])
        .WithQualityOfServiceLevel((MqttQualityOfServiceLevel)chance.Next(2))
        .WithRetainFlag(chance.Next(10) == 0)
        .Build();
}
