using SmartRadio.Protocol;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.Nodes;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Attacker;

/// <summary>
/// Somebody who has the broker: hears every message, keeps what is useful, sends it again to whom it was meant for or to
/// another, alters what passes, and forges whatever can be forged without a key, on every topic.
/// </summary>
internal sealed class Eavesdropper(Agenda agenda, Broker broker, Chance chance, IReadOnlyList<SimulatedNode> nodes)
{
    private const int MostKept = 300;

    /// <summary>Between two rounds, however many nodes there are: what it says to all, all must reject.</summary>
    private static readonly TimeSpan MeanPause = TimeSpan.FromMinutes(8);

    private readonly List<(string Topic, byte[] Payload)> _kept = [];

    /// <summary>What it may do now: nothing but listen, or everything.</summary>
    public bool IsActive { get; set; }

    /// <summary>Messages put into the network or altered in it.</summary>
    public long Deeds { get; private set; }

    public void Begin()
    {
        broker.OnTheWay = Pass;
        Again();
    }

    private void Again() => agenda.After(chance.Wait(MeanPause), () =>
    {
        if (IsActive && _kept.Count > 0)
        {
            var (topic, payload) = chance.OneOf(_kept);
            Send(topic, payload);
            Send(topic, Forgery.Alter(chance, payload));
            Send(chance.OneOf(_kept).Topic, payload);
            var victim = chance.OneOf(nodes);
            Send(Topics.Command(victim.Name), Forgery.Command(chance, victim.Traits.Id, agenda.Milliseconds));
            Send(Topics.Up(victim.Name), chance.Bytes(chance.Between(0, 200)));
            Send(Topics.Here(victim.Name), chance.Bytes(7));
            Send(OwnTopic(victim, topic), payload);
            Send(OwnTopic(victim, topic), Forgery.Chunk(chance, payload));
        }

        Again();
    });

    /// <summary>
    /// The victim's own topic for chunks: of the object that the message is about, or of one that does not exist.
    /// </summary>
    private string OwnTopic(SimulatedNode victim, string topic) =>
        Topics.OwnObject(victim.Name, topic.Contains("/o/", StringComparison.Ordinal)
            ? topic[(topic.LastIndexOf('/') + 1)..]
            : Hex.Encode(chance.Bytes(WireSizes.ObjectIdLength)));

    private byte[] Pass(string topic, byte[] payload)
    {
        if (_kept.Count < MostKept)
        {
            _kept.Add((topic, payload));
        }
        else if (chance.Of(0.05))
        {
            _kept[chance.Between(0, MostKept)] = (topic, payload);
        }

        if (!IsActive)
        {
            return payload;
        }

        if (topic.Contains("/o/", StringComparison.Ordinal))
        {
            return Meddle(topic, payload, 0.10, Forgery.Chunk);
        }

        return topic.StartsWith(Topics.Root + "s/", StringComparison.Ordinal)
            ? Meddle(topic, payload, 0.15, Forgery.Frame)
            : Meddle(topic, payload, IsBeat(topic, payload) ? 0.004 : 0.08, Forgery.Alter);
    }

    /// <summary>Clock exchanges and heartbeats are most of all messages; meddling with each would only make rejections.</summary>
    private static bool IsBeat(string topic, byte[] payload) =>
        payload.Length > 1 && (topic.EndsWith("/up", StringComparison.Ordinal)
            ? payload[1] is (byte)UpType.ClockRequest or (byte)UpType.Heartbeat
            : payload[1] == (byte)CommandType.ClockReply);

    private byte[] Meddle(string topic, byte[] payload, double often, Func<Chance, byte[], byte[]> forge)
    {
        if (chance.Of(often))
        {
            SendSoon(topic, payload);
        }

        if (chance.Of(often))
        {
            SendSoon(topic, forge(chance, payload));
        }

        if (!chance.Of(often / 2))
        {
            return payload;
        }

        Deeds++;
        return Forgery.Alter(chance, payload);
    }

    private void SendSoon(string topic, byte[] payload) =>
        agenda.After(chance.Spread(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20)), () => Send(topic, payload));

    private void Send(string topic, byte[] payload)
    {
        Deeds++;
        broker.Distribute(topic, payload, retain: false);
    }
}
