namespace SmartRadio.Protocol.Reports
{
    /// <summary>
    /// First message of every connection. Body: firmware text, hardware text, codecs u8 (bit n = codec n; bit 7 = takes
    /// plans with changes of the volume), storage u32 KiB, plan number u32.
    /// </summary>
    public sealed class Hello
    {
        public string Firmware { get; set; }

        public string Hardware { get; set; }

        /// <summary>Bit of <see cref="Codecs"/> that is no codec: the node takes plans with changes of the volume.</summary>
        public const int TakesVolumes = 128;

        /// <summary>Bit set of <see cref="CodecId"/> values, and <see cref="TakesVolumes"/>.</summary>
        public int Codecs { get; set; }

        /// <summary>Size of the object storage in KiB.</summary>
        public long StorageSize { get; set; }

        /// <summary>Number of the plan the node holds; 0 = none.</summary>
        public long PlanNumber { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(64);
            writer.Text(Firmware);
            writer.Text(Hardware);
            writer.U8(Codecs);
            writer.U32(StorageSize);
            writer.U32(PlanNumber);
            return writer.ToArray();
        }

        /// <summary>The message, or null when it is malformed.</summary>
        public static Hello Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            Hello hello = new Hello();
            hello.Firmware = reader.Text();
            hello.Hardware = reader.Text();
            hello.Codecs = reader.U8();
            hello.StorageSize = reader.U32();
            hello.PlanNumber = reader.U32();
            return reader.Complete ? hello : null;
        }
    }
}
