using System.Net;
using System.Net.Sockets;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Setting;

/// <summary>A broker that does what a test says, packet by packet.</summary>
internal sealed class FakeBroker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <param name="receiveBuffer">Bytes that the kernel keeps for who does not read; 0 = as it likes.</param>
    public FakeBroker(int receiveBuffer = 0)
    {
        if (receiveBuffer > 0)
        {
            // Connections take it over from the listener.
            _listener.Server.ReceiveBufferSize = receiveBuffer;
        }

        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Takes the next connection of TCP and says nothing.</summary>
    public async Task<RawClient> AcceptAsync() =>
        RawClient.Over(new NetworkStream(await _listener.AcceptSocketAsync().WaitAsync(Poll.Patience), ownsSocket: true));

    /// <summary>Takes the next connection and lets the client in.</summary>
    public async Task<RawClient> LetInAsync()
    {
        var peer = await AcceptAsync();
        await peer.ReceiveAsync<MqttConnectPacket>();
        await peer.SendAsync(new MqttConnAckPacket());
        return peer;
    }

    /// <summary>Grants the subscription that comes next.</summary>
    public static async Task GrantAsync(RawClient peer) => await GrantAsync(peer, await peer.ReceiveAsync<MqttSubscribePacket>());

    public static Task GrantAsync(RawClient peer, MqttSubscribePacket subscribe) => peer.SendAsync(
        new MqttSubAckPacket
        {
            PacketIdentifier = subscribe.PacketIdentifier,
            ReasonCodes = [MqttSubscribeReasonCode.GrantedQoS1]
        });

    public void Dispose() => _listener.Dispose();
}
