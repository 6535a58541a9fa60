using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Sound;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Streams;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Streams;

namespace SmartRadio.Node.Plans
{
    /// <summary>
    /// Opens the stream of a broadcast. When all places are taken, only a stream of a lower class gives its place up, and none
    /// that sounds, is next or waits to resume.
    /// </summary>
    public sealed class StreamOpenHandler : ICommandHandler
    {
        /// <summary>µs within which a plan names the broadcast of a stream that came before it.</summary>
        private const long PlanComes = 60000000;

        private readonly OpenStreams _streams;
        private readonly IBlockCipher _cipher;
        private readonly NodeClock _clock;
        private readonly PlannedBroadcasts _broadcasts;
        private readonly Player _player;
        private readonly PlanHandler _plans;

        public StreamOpenHandler(
            OpenStreams streams, IBlockCipher cipher, NodeClock clock, PlannedBroadcasts broadcasts, Player player,
            PlanHandler plans)
        {
            _plans = plans;
            _streams = streams;
            _cipher = cipher;
            _clock = clock;
            _broadcasts = broadcasts;
            _player = player;
        }

        public CommandType Type
        {
            get { return CommandType.StreamOpen; }
        }

        public ReceiptReason Handle(Envelope envelope, NodeKeys signed)
        {
            StreamOpen command = StreamOpen.Read(envelope.Body);
            if (command == null)
            {
                return ReceiptReason.Malformed;
            }

            if (Decoders.For(command.Codec) == null)
            {
                return ReceiptReason.UnknownCodec;
            }

            if (!_streams.HasRoomFor(command.Broadcast) && !MakeRoom(command.Broadcast))
            {
                return ReceiptReason.Busy;
            }

            byte[] blocks = KeyWrap.CounterBlocks(envelope.Counter, command.WrappedKey.Length);
            byte[] key = KeyWrap.Combine(command.WrappedKey, _cipher.Encrypt(signed.Wrap, blocks));
            _streams.Open(command, key, _clock.Local);
            return ReceiptReason.None;
        }

        /// <summary>Closes the oldest stream of the lowest class; false when none is lower than the newcomer.</summary>
        private bool MakeRoom(long newcomer)
        {
            // The plan that says who the newcomer is may just have come.
            _plans.Finish();
            PlannedEntry planned = _broadcasts.Find(newcomer);

            // A stream may overtake the plan that names it, and an emergency must not be refused for that.
            int lowest = planned == null ? (int)BroadcastClass.Emergency : ClassOf(planned);
            IncomingStream victim = null;
            for (int i = 0; i < _streams.Count; i++)
            {
                IncomingStream stream = _streams.At(i);
                int rank = RankOf(stream);
                if (rank < lowest)
                {
                    lowest = rank;
                    victim = stream;
                }
            }

            if (victim != null)
            {
                _streams.Close(victim.Broadcast);
            }

            return victim != null;
        }

        /// <summary>How dear an open stream is: a class, or more than any.</summary>
        private int RankOf(IncomingStream stream)
        {
            PlannedEntry planned = _broadcasts.Find(stream.Broadcast);
            if (planned == null)
            {
                return _clock.Local - stream.OpenedAt > PlanComes ? 0 : (int)BroadcastClass.Live;
            }

            bool isHeld = planned.Record.State == BroadcastState.Suspended || _player.Holds(planned.Record);
            return isHeld ? int.MaxValue : ClassOf(planned);
        }

        /// <summary>The class, or 0 of a sound that is over, on the output or by the clock.</summary>
        private int ClassOf(PlannedEntry planned)
        {
            PlanEntry entry = planned.Entry;
            long end = entry.Start + (entry.Samples * 1000 / SoundFormat.Rate(entry.Codec));
            return planned.Record.State == BroadcastState.Done || end < _clock.Now ? 0 : (int)entry.Class;
        }
    }
}
