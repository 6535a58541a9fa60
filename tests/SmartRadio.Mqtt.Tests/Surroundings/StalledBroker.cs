using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>Lets one client in and then reads nothing more, until it is disposed.</summary>
internal sealed class StalledBroker : IAsyncDisposable
{
    private readonly TaskCompletionSource _over;
    private readonly FakeBroker _broker;

    private StalledBroker(FakeBroker broker, TaskCompletionSource over) => (_broker, _over) = (broker, over);

    public int Port => _broker.Port;

    public static async Task<StalledBroker> StartAsync()
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new StalledBroker(
            await FakeBroker.StartAsync(async peer =>
            {
                await peer.ReceiveAsync<ConnectPacket>();
                await peer.SendAsync(new ConnAckPacket(false, MqttReasonCode.Success));
                await over.Task;
            }),
            over);
    }

    public ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        return _broker.DisposeAsync();
    }
}
