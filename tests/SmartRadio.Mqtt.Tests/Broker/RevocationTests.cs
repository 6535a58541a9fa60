using MQTTnet.Packets;
using SmartRadio.Mqtt.Tests.Setting;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Broker;

public sealed class RevocationTests
{
    [Fact]
    public async Task Connection_is_closed_and_others_are_not()
    {
        await using var broker = await TestBroker.StartAsync();
        using var revoked = await broker.SignInAsync("1");
        using var other = await broker.SignInAsync("2");

        broker.Embedded.Disconnect("1");

        Assert.Empty(await revoked.ReceiveUntilClosedAsync());
        await other.HearsNothingAsync();
        await Poll.UntilAsync("one is left", () => broker.Metrics.Connected == 1);
    }

    [Fact]
    public async Task Connection_that_is_being_checked_is_closed_too()
    {
        await using var broker = await TestBroker.StartAsync();
        var isChecking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayGoOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        broker.Access.SigningIn = _ =>
        {
            isChecking.TrySetResult();
            return mayGoOn.Task;
        };
        using var client = await broker.OpenAsync();
        await client.SendAsync(RawClient.Connect("1"));
        await isChecking.Task.WaitAsync(Poll.Patience);

        // The account was right when it was looked up.
        broker.Embedded.Disconnect("1");
        mayGoOn.SetResult();

        Assert.DoesNotContain(await client.ReceiveUntilClosedAsync(), packet => packet is not MqttConnAckPacket);
        await Poll.UntilAsync("it is gone", () => broker.Metrics.Connected == 0);
    }

    [Fact]
    public async Task Reader_that_does_not_read_is_closed_too()
    {
        await using var broker = await TestBroker.StartAsync();
        using var revoked = await broker.SignInAsync("1");
        await Flood.WithUnreadAnswersAsync(revoked);

        broker.Embedded.Disconnect("1");

        await revoked.IsResetAsync();
    }

    [Fact]
    public async Task Client_that_is_not_there_is_no_trouble()
    {
        await using var broker = await TestBroker.StartAsync();
        broker.Embedded.Disconnect("nobody");

        using var client = await broker.SignInAsync("1");
        await client.HearsNothingAsync();
    }
}
