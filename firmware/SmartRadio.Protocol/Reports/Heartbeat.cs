namespace SmartRadio.Protocol.Reports
{
    /// <summary>
    /// The node's state, sent every half minute and when something changed. Body: plan number u32, on air i64, volume u8,
    /// signal u8 (−dBm), storage free u32 KiB, clock offset i64 ms, temperature u16 (0.1 °C above −100 °C), supply u16 mV,
    /// uptime u32 s, rejected u32.
    /// </summary>
    public sealed class Heartbeat
    {
        private const int TemperatureBias = 1000;

        /// <summary>Number of the plan the node holds; 0 = none.</summary>
        public long PlanNumber { get; set; }

        /// <summary>The broadcast on air, or 0.</summary>
        public long OnAir { get; set; }

        /// <summary>Percent.</summary>
        public int Volume { get; set; }

        /// <summary>Radio signal in dBm, −255 to 0; 0 = wired or unknown.</summary>
        public int Signal { get; set; }

        /// <summary>Free object storage in KiB.</summary>
        public long StorageFree { get; set; }

        /// <summary>What the node adds to its own clock to get the controller's, in ms.</summary>
        public long ClockOffset { get; set; }

        /// <summary>Tenths of a degree Celsius, −1000 and up.</summary>
        public int Temperature { get; set; }

        /// <summary>Supply voltage in mV; 0 = not measured.</summary>
        public int Supply { get; set; }

        /// <summary>Seconds since power-on.</summary>
        public long Uptime { get; set; }

        /// <summary>Messages rejected since power-on.</summary>
        public long Rejected { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(48);
            writer.U32(PlanNumber);
            writer.I64(OnAir);
            writer.U8(Volume);
            writer.U8(-Signal);
            writer.U32(StorageFree);
            writer.I64(ClockOffset);
            writer.U16(Temperature + TemperatureBias);
            writer.U16(Supply);
            writer.U32(Uptime);
            writer.U32(Rejected);
            return writer.ToArray();
        }

        /// <summary>The message, or null when it is malformed.</summary>
        public static Heartbeat Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            Heartbeat beat = new Heartbeat();
            beat.PlanNumber = reader.U32();
            beat.OnAir = reader.I64();
            beat.Volume = reader.U8();
            beat.Signal = -reader.U8();
            beat.StorageFree = reader.U32();
            beat.ClockOffset = reader.I64();
            beat.Temperature = reader.U16() - TemperatureBias;
            beat.Supply = reader.U16();
            beat.Uptime = reader.U32();
            beat.Rejected = reader.U32();
            return reader.Complete && beat.Volume <= 100 ? beat : null;
        }
    }
}
