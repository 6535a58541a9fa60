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

        public long Broadcast { get; set; }

        public BroadcastState State { get; set; }

        /// <summary>Samples handed to the output so far.</summary>
        public long Samples { get; set; }

        /// <summary>The sample at which it goes on; differs from <see cref="Samples"/> when a stream had gaps.</summary>
        public long Position { get; set; }

        /// <summary>Unix milliseconds; a record that no plan names is forgotten some time after it.</summary>
        public long LatestStart { get; set; }

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
            writer.I64(Broadcast);
            writer.U8((byte)State);
            writer.U32(Samples);
            writer.U32(Position);
            writer.I64(LatestStart);
        }

        public static BroadcastRecord Read(WireReader reader)
        {
            BroadcastRecord record = new BroadcastRecord();
            record.Broadcast = reader.I64();
            record.State = (BroadcastState)reader.U8();
            record.Samples = reader.U32();
            record.Position = reader.U32();
            record.LatestStart = reader.I64();
            return record;
        }
    }
}
