using System.Net;
using System.Net.Sockets;
using SmartRadio.Benchmarks.Load;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Client;

namespace SmartRadio.Benchmarks.Soak;

/// <summary>One client after another: some polite, some that vanish, some that break the protocol, some that stop reading.</summary>
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
            catch (Exception e) when (e is IOException or SocketException or MqttProtocolException or MqttRefusedException or MqttNotConnectedException)
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
        var stays = chance.Next(2) == 0;
        await using var client = new MqttClient(new MqttClientOptions
        {
            Host = IPAddress.Loopback.ToString(),
            Port = port,
            ClientId = stays ? $"soak-{chance.Next(Identities)}" : "",
            CleanStart = !stays,
            SessionExpiryInterval = stays ? TimeSpan.FromSeconds(chance.Next(30)) : TimeSpan.Zero,
            ProtocolVersion = chance.Next(2) == 0 || stays ? MqttProtocolVersion.V5 : MqttProtocolVersion.V311,
            Will = chance.Next(3) == 0 ? Message(chance) : null,
        });
        await client.StartAsync(end);
        await client.SubscribeAsync(Filter(chance), (MqttQualityOfService)chance.Next(3), end);
        for (var i = chance.Next(20); i > 0; i--)
        {
            await client.PublishAsync(Message(chance), end);
            tally.CountPublished();
        }

        using var stay = CancellationTokenSource.CreateLinkedTokenSource(end);
        stay.CancelAfter(LongestStay * chance.NextDouble());
        try
        {
            await foreach (var message in client.Messages.ReadAllAsync(stay.Token))
            {
                tally.CountReceived();
            }
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            // It stayed as long as it wanted.
        }

        if (chance.Next(3) > 0)
        {
            await client.StopAsync(end);
        }
    }

    private static async Task StopReadingAsync(int port, Random chance, CancellationToken end)
    {
        using var socket = await ConnectAsync(port, end);
        await socket.SendAsync((byte[])[.. Wire311.Connect($"stalled-{chance.Next(Identities)}"), .. Wire311.Subscribe("soak/#", (byte)chance.Next(2))], end);
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
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, port, end);
        return socket;
    }

    private static string Filter(Random chance) => chance.Next(4) switch
    {
        0 => "$share/soak/soak/#",
        1 => "soak/+",
        2 => "other/#",
        _ => $"soak/{chance.Next(Topics)}",
    };

    private static MqttMessage Message(Random chance) => new($"soak/{chance.Next(Topics)}", new byte[chance.Next(LargestPayload)])
    {
        QualityOfService = (MqttQualityOfService)chance.Next(3),
        Retain = chance.Next(10) == 0,
        MessageExpiryInterval = chance.Next(2) == 0 ? (uint)chance.Next(1, 20) : null,
    };
}
