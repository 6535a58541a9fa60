namespace SmartRadio.Protocol.Plans
{
    /// <summary>From a minute of the local day on the node's volume is another, until the next change.</summary>
    public sealed class VolumeChange
    {
        /// <summary>Bytes of a change on the wire: minute u16, volume u8.</summary>
        public const int Length = 3;

        /// <summary>Changes of a day, at most.</summary>
        public const int Most = 8;

        /// <summary>Minutes after local midnight, 0 to 1439.</summary>
        public int From { get; set; }

        /// <summary>Percent, 0 to 100.</summary>
        public int Volume { get; set; }

        internal void Write(WireWriter writer)
        {
            writer.U16(From);
            writer.U8(Volume);
        }

        internal static VolumeChange Read(WireReader reader)
        {
            VolumeChange change = new VolumeChange();
            change.From = reader.U16();
            change.Volume = reader.U8();
            return change;
        }
    }
}
