using System.Text;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Client;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Wire;

namespace SmartRadio.Node.Virtual.Faults;

/// <summary>
/// Somebody who has a node's secret of enrolment, and tries all that can be done with it: connect in the node's place, speak for
/// it, listen to another node's commands and make another node sound.
/// </summary>
/// <param name="node">Whose secret was stolen.</param>
/// <param name="victim">Another node, whose secret was not.</param>
/// <param name="broker">Where to connect.</param>
internal sealed class Thief(FleetNode node, FleetNode victim, BrokerAddress broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly NodeIdentity _stolen = new(node.Id, node.Secret, "stolen", "0");

    /// <summary>Tries it all, and says of each thing whether it could be done.</summary>
    public async Task<IReadOnlyList<string>> TryAsync(CancellationToken cancel)
    {
        var failure = new TaskCompletionSource<string?>();
        await using var client = new MqttClient(NodeConnection.LoginOf(_stolen, broker));
        client.Connected += () => failure.TrySetResult(null);
        client.Disconnected += end => failure.TrySetResult(WhatFailed(end));
        await client.StartAsync(cancel);
        if (await AnswerAsync(failure.Task, cancel) is { } problem)
        {
            return [$"connect as {node.Name}: {problem}"];
        }

        var other = Hex.Encode(victim.Id);
        return
        [
            $"connect as {node.Name}: done; the node itself is thrown out until it connects again",
            await AttemptAsync($"say that {node.Name} is well", () => client.PublishAsync(Lie(), cancel)),
            await AttemptAsync($"read the commands to {victim.Name}", () => client.SubscribeAsync(Topics.Command(other), MqttQualityOfService.AtLeastOnce, cancel)),
            await AttemptAsync($"command {victim.Name} to sound", () => client.PublishAsync(Order(Topics.Command(other), victim.Id), cancel)),
            await AttemptAsync($"say that {victim.Name} is off", () => client.PublishAsync(Here(other), cancel)),
        ];
    }

    private static async Task<string> AttemptAsync(string what, Func<Task> attempt)
    {
        try
        {
            await attempt().WaitAsync(Patience);
            return $"{what}: done";
        }
        catch (Exception e) when (e is MqttRefusedException or MqttNotConnectedException or TimeoutException)
        {
            return $"{what}: {(e is MqttRefusedException ? "refused" : "not done")}, {e.Message}";
        }
    }

    private static MqttMessage Here(string name) =>
        new(Topics.Here(name), Encoding.UTF8.GetBytes(Topics.Offline)) { QualityOfService = MqttQualityOfService.AtLeastOnce };

    private async Task<string?> AnswerAsync(Task<string?> failure, CancellationToken cancel)
    {
        try
        {
            return await failure.WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            return Unreached("no answer");
        }
    }

    /// <summary>Only what the broker says is a refusal.</summary>
    private string WhatFailed(MqttDisconnected end)
    {
        var reason = LinkNews.ReasonOf(end) ?? "no answer";
        return end.Exception is MqttRefusedException ? $"refused, {reason}" : Unreached(reason);
    }

    private string Unreached(string reason) => $"the broker {broker} could not be reached, {reason}";

    private MqttMessage Lie() => Sealed(Topics.Up(_stolen.Name), (byte)UpType.Heartbeat, node.Id, new Heartbeat { Supply = 12_000 }.Write(), _stolen.Keys.Up);

    private MqttMessage Order(string topic, byte[] id) => Sealed(topic, (byte)CommandType.Chime, id, new ChimeCommand { Volume = 100 }.Write(), _stolen.Keys.Command);

    private static MqttMessage Sealed(string topic, byte type, byte[] id, byte[] body, byte[] key)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var envelope = new Envelope { Type = type, NodeId = id, Counter = now << 20, Issued = now, Expires = now + 60_000, Body = body };
        return new MqttMessage(topic, envelope.Seal(key)) { QualityOfService = MqttQualityOfService.AtLeastOnce };
    }
}
