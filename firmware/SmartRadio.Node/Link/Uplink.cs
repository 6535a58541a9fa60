using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Link
{
    /// <summary>Seals and sends what goes to the controller.</summary>
    public sealed class Uplink
    {
        /// <summary>An up message delayed by more than an hour is not worth reading.</summary>
        private const long Lifetime = 3600 * 1000;

        private readonly NodeIdentity _identity;
        private readonly NodeClock _clock;
        private readonly Counters _counters;
        private readonly ILink _link;
        private readonly string _topic;

        public Uplink(NodeIdentity identity, NodeClock clock, Counters counters, ILink link)
        {
            _identity = identity;
            _clock = clock;
            _counters = counters;
            _link = link;
            _topic = Topics.Up(identity.Name);
        }

        /// <summary>
        /// Sends one message, at QoS 0: what matters has an answer of its own and is said again, under a new counter, when that
        /// fails to come. Messages kept over a reconnect would arrive behind younger ones and be rejected as replays.
        /// </summary>
        /// <returns>The message's counter.</returns>
        public long Send(UpType type, byte[] body)
        {
            Envelope envelope = new Envelope();
            envelope.Type = (byte)type;
            envelope.KeyId = _identity.Keyring.Id;
            envelope.NodeId = _identity.Id;
            envelope.Counter = _counters.NextUp();
            envelope.Issued = _clock.Now;
            // A node that does not know the time yet cannot say when its question is too old.
            envelope.Expires = _clock.IsSet ? envelope.Issued + Lifetime : long.MaxValue;
            envelope.Body = body;
            _link.Publish(_topic, envelope.Seal(_identity.Keys.Up), false, false);
            return envelope.Counter;
        }
    }
}
