namespace SmartRadio.Protocol.Plans
{
    /// <summary>One broadcast in a node's plan.</summary>
    public sealed class PlanEntry
    {
        /// <summary>Bytes of an entry on the wire.</summary>
        public const int Length = 52;

        /// <summary>Flag: after an interruption go on where it was cut, if the latest start has not passed.</summary>
        public const byte Resume = 1;

        public long Broadcast { get; set; }

        /// <summary>16 bytes; all zero for sound that comes only as a stream.</summary>
        public byte[] ObjectId { get; set; }

        public CodecId Codec { get; set; }

        /// <summary>Bytes of the object.</summary>
        public long ObjectBytes { get; set; }

        /// <summary>Samples at the codec's rate.</summary>
        public long Samples { get; set; }

        /// <summary>Unix milliseconds at which the first sample leaves the output.</summary>
        public long Start { get; set; }

        /// <summary>Unix milliseconds after which it is no longer started.</summary>
        public long LatestStart { get; set; }

        public BroadcastClass Class { get; set; }

        public byte Flags { get; set; }

        /// <summary>Percent, 0 to 100, applied to this broadcast; 255 = the node's own volume.</summary>
        public int Volume { get; set; }

        public bool IsValid
        {
            get
            {
                return Broadcast > 0 && Samples > 0 && Start > 0 && LatestStart >= Start
                    && Class >= BroadcastClass.Relay && Class <= BroadcastClass.Emergency
                    && (Volume <= 100 || Volume == 255);
            }
        }

        internal void Write(WireWriter writer)
        {
            writer.I64(Broadcast);
            writer.Bytes(ObjectId);
            writer.U8((byte)Codec);
            writer.U32(ObjectBytes);
            writer.U32(Samples);
            writer.I64(Start);
            writer.I64(LatestStart);
            writer.U8((byte)Class);
            writer.U8(Flags);
            writer.U8(Volume);
        }

        internal static PlanEntry Read(WireReader reader)
        {
            PlanEntry entry = new PlanEntry();
            entry.Broadcast = reader.I64();
            entry.ObjectId = reader.Bytes(WireSizes.ObjectIdLength);
            entry.Codec = (CodecId)reader.U8();
            entry.ObjectBytes = reader.U32();
            entry.Samples = reader.U32();
            entry.Start = reader.I64();
            entry.LatestStart = reader.I64();
            entry.Class = (BroadcastClass)reader.U8();
            entry.Flags = (byte)reader.U8();
            entry.Volume = reader.U8();
            return entry;
        }
    }
}
