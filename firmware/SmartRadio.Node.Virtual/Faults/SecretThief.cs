using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using SmartRadio.Node.Link;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Virtual.Faults;

/// <summary>
/// Somebody who has a node's secret of enrolment, and tries all that can be done with it: connect in the node's place, speak for
/// it, listen to another node's commands and make another node sound.
/// </summary>
/// <param name="node">Whose secret was stolen.</param>
/// <param name="victim">Another node, whose secret was not.</param>
/// <param name="broker">Where to connect.</param>
/// <param name="time">Limits his patience and dates what he forges.</param>
internal sealed class SecretThief(FleetNode node, FleetNode victim, BrokerAddress broker, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly NodeIdentity _stolen = new(node.Id, node.Secret, "stolen", "0");

    /// <summary>Tries it all, and says of each thing whether it could be done.</summary>
    public async Task<IReadOnlyList<string>> TryAsync(CancellationToken cancellationToken)
    {
        using var client = FencedChannel.CreateClient();
        if (await ConnectAsync(client, cancellationToken) is { } problem)
        {
            return [$"connect as {node.Name}: {problem}"];
        }

        var other = Hex.Encode(victim.Id);
        return
        [
            $"connect as {node.Name}: done; the node itself is thrown out until it connects again",
            await PublishAsync($"say that {node.Name} is well", client, Lie(), cancellationToken),
            await ReadAsync($"read the commands to {victim.Name}", client, Topics.Command(other), cancellationToken),
            await PublishAsync(
                $"command {victim.Name} to sound", client, Order(Topics.Command(other), victim.Id), cancellationToken),
            await PublishAsync(
                $"say that {victim.Name} is off", client,
                Message(Topics.Here(other), Encoding.UTF8.GetBytes(Topics.Offline)), cancellationToken),
        ];
    }

    private Task<string> PublishAsync(
        string what, IMqttClient client, MqttApplicationMessage message, CancellationToken cancellationToken) =>
            AttemptAsync(what, async limit =>
    {
        var answer = await client.PublishAsync(message, limit);
        return answer.IsSuccess ? null : answer.ReasonCode.ToString();
    }, cancellationToken);

    private Task<string> ReadAsync(string what, IMqttClient client, string filter, CancellationToken cancellationToken) =>
        AttemptAsync(what, async limit =>
    {
        var options = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        var answer = (await client.SubscribeAsync(options, limit)).Items.First().ResultCode;
        return answer <= MqttClientSubscribeResultCode.GrantedQoS2 ? null : answer.ToString();
    }, cancellationToken);

    /// <param name="what">What is tried.</param>
    /// <param name="attempt">Returns why it was rejected, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<string> AttemptAsync(
        string what, Func<CancellationToken, Task<string?>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            return await attempt(limit.Token) is { } rejection ? $"{what}: rejected, {rejection}" : $"{what}: done";
        }
        catch (Exception e)
            when (e is MqttCommunicationException or MqttClientNotConnectedException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return $"{what}: not done, {e.Message}";
        }
    }

    private static MqttApplicationMessage Message(string topic, byte[] payload) =>
        new()
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce
        };

    /// <returns>Why it cannot connect, or null. Only what the broker says is a rejection.</returns>
    private async Task<string?> ConnectAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            var answer = await client.ConnectAsync(NodeLogin.Of(_stolen, broker).Build(), limit.Token);
            return answer.ResultCode == MqttClientConnectResultCode.Success ? null : $"rejected, {answer.ResultCode}";
        }
        catch (Exception e)
        {
            // MQTTnet says in its own way that it was cancelled.
            cancellationToken.ThrowIfCancellationRequested();
            return Unreached(e.GetBaseException() is OperationCanceledException ? "no answer" : new LinkEnd(Problem: e).Reason);
        }
    }

    private string Unreached(string reason) => $"the broker {broker} could not be reached, {reason}";

    private MqttApplicationMessage Lie() =>
        Sealed(Topics.Up(_stolen.Name), (byte)UpType.Heartbeat, node.Id,
            new Heartbeat { Supply = 12_000 }.Write(), _stolen.Keys.Up);

    private MqttApplicationMessage Order(string topic, byte[] id) =>
        Sealed(topic, (byte)CommandType.Chime, id, new ChimeCommand { Volume = 100 }.Write(), _stolen.Keys.Command);

    private MqttApplicationMessage Sealed(string topic, byte type, byte[] id, byte[] body, byte[] key)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var envelope = new Envelope
        {
            Type = type,
            NodeId = id,
            Counter = now << 20,
            Issued = now,
            Expires = now + 60_000,
            Body = body
        };
        return Message(topic, envelope.Seal(key));
    }
}
