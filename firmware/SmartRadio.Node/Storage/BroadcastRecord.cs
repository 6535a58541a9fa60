using SmartRadio.Protocol;

namespace SmartRadio.Node.Storage
{
    /// <summary>How far a node has come with a broadcast.</summary>
    public enum BroadcastState : byte
    {
        Received = 1,
        Verified = 2,
        OnAir = 3,

        /// <summary>Cut by a higher class, to be resumed.</summary>
        Suspended = 4,

        /// <summary>Played, missed or stopped: never to sound again.</summary>
        Done = 5,
    }

    /// <summary>
    /// What a node remembers of a broadcast, so that it is neither played nor reported twice. Layout: broadcast i64, state u8,
    /// samples u32, position u32, latest start i64.
    /// </summary>
    public sealed class BroadcastRecord
    {
        public const int Length = 25;

        private long _broadcast;
        private BroadcastState _state;
        private long _samples;
        private long _sureSamples;
        private long _position;
        private long _latestStart;
        private byte[] _bytes;

        public long Broadcast
        {
            get
            {
                return _broadcast;
            }

            set
            {
                _broadcast = value;
                _bytes = null;
            }
        }

        public BroadcastState State
        {
            get
            {
                return _state;
            }

            set
            {
                _state = value;
                _bytes = null;
            }
        }

        /// <summary>Samples handed to the output so far.</summary>
        public long Samples
        {
            get
            {
                return _samples;
            }

            set
            {
                _samples = value;
                _bytes = null;
            }
        }

        /// <summary>
        /// Samples that have surely left the output; stored in place of <see cref="Samples"/> while it is on air, for with the
        /// power goes what the output holds.
        /// </summary>
        public long SureSamples
        {
            get
            {
                return _sureSamples;
            }

            set
            {
                _sureSamples = value;
                _bytes = null;
            }
        }

        /// <summary>The sample at which it goes on; differs from <see cref="Samples"/> when a stream had gaps.</summary>
        public long Position
        {
            get
            {
                return _position;
            }

            set
            {
                _position = value;
                _bytes = null;
            }
        }

        /// <summary>Unix milliseconds; a record that no plan names is forgotten some time after it.</summary>
        public long LatestStart
        {
            get
            {
                return _latestStart;
            }

            set
            {
                _latestStart = value;
                _bytes = null;
            }
        }

        /// <summary>The plan in force names it. Not stored.</summary>
        public bool IsPlanned { get; set; }

        /// <summary>It may still start: neither on air nor over.</summary>
        public bool IsWaiting
        {
            get
            {
                return State == BroadcastState.Received || State == BroadcastState.Verified
                || State == BroadcastState.Suspended;
            }
        }

        public void Write(WireWriter writer)
        {
            if (_bytes == null)
            {
                // Kept until it changes: the journal is stored often, and few of its records change.
                WireWriter record = new WireWriter(Length);
                record.I64(_broadcast);
                record.U8((byte)_state);
                record.U32(_state == BroadcastState.OnAir ? _sureSamples : _samples);
                record.U32(_position);
                record.I64(_latestStart);
                _bytes = record.ToArray();
            }

            writer.Bytes(_bytes);
        }

        public static BroadcastRecord Read(WireReader reader)
        {
            BroadcastRecord record = new BroadcastRecord();
            record.Broadcast = reader.I64();
            record.State = (BroadcastState)reader.U8();
            record.Samples = reader.U32();
            record.SureSamples = record.Samples;
            record.Position = reader.U32();
            record.LatestStart = reader.I64();
            return record;
        }
    }
}
