using System.Diagnostics;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Tests.Setting;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class KeepAliveTests : IAsyncLifetime
{
    private TestBroker _broker = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _broker.Access.LimitsOf = static clientId => new SessionLimits(MaxKeepAlive: clientId == "controller" ? 0 : 120);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    [InlineData(65535, false)]
    public async Task Keep_alive_is_taken_up_to_the_limit_and_never_0(int seconds, bool isTaken)
    {
        using var client = await _broker.OpenAsync();
        var answer = await client.SignInAsync("1", connect => connect.KeepAlivePeriod = (ushort)seconds);

        Assert.Equal(isTaken ? MqttConnectReasonCode.Success : MqttConnectReasonCode.NotAuthorized, answer.ReasonCode);
        Assert.Equal(isTaken ? 1 : 0, _broker.Metrics.Connected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public async Task Keep_alive_is_free_for_a_client_without_a_limit(int seconds)
    {
        using var client = await _broker.OpenAsync();
        var answer = await client.SignInAsync("controller", connect => connect.KeepAlivePeriod = (ushort)seconds);

        Assert.Equal(MqttConnectReasonCode.Success, answer.ReasonCode);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Keep_alive_of_a_silent_client_runs_out_after_one_and_a_half(MqttProtocolVersion version)
    {
        using var client = await _broker.SignInAsync("1", version, keepAlive: 1);
        var since = Stopwatch.GetTimestamp();

        var last = await client.ReceiveUntilClosedAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(4));
        Assert.Equal(
            version == MqttProtocolVersion.V500 ? [MqttDisconnectReasonCode.KeepAliveTimeout] : [],
            last.Cast<MqttDisconnectPacket>().Select(each => each.ReasonCode));
    }

    [Fact]
    public async Task Keep_alive_of_a_client_that_only_hears_runs_out_too()
    {
        using var client = await _broker.SignInAsync("1", keepAlive: 1);
        await client.SubscribeAsync("a");
        using var speaker = await _broker.SignInAsync("2");
        var closed = client.ReceiveUntilClosedAsync();

        while (!closed.IsCompleted)
        {
            await speaker.PublishAsync("a", "x");
            // A pace that the client can follow: behind a flood it would not hear the last word.
            await Task.WhenAny(closed, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        Assert.Equal(
            MqttDisconnectReasonCode.KeepAliveTimeout, Assert.IsType<MqttDisconnectPacket>((await closed)[^1]).ReasonCode);
    }
}
