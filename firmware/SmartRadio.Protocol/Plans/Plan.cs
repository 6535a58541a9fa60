namespace SmartRadio.Protocol.Plans
{
    /// <summary>
    /// Everything a node must hold to act without a link; a newer plan replaces the older one whole. What is on air and absent
    /// from a newer plan stops. Layout: number u32, volume u8, quiet from u16, quiet to u16, UTC offset i16 (biased by 32768 as
    /// u16), minutes a day u16, entry count u8, entries of <see cref="PlanEntry.Length"/> bytes.
    /// </summary>
    public sealed class Plan
    {
        /// <summary>Entries that fit one command.</summary>
        public const int MaxEntries = 64;

        private const int OffsetBias = 32768;

        /// <summary>Rises with every change; 0 means that the node holds none.</summary>
        public long Number { get; set; }

        /// <summary>The node's volume in percent, 0 to 100.</summary>
        public int Volume { get; set; }

        /// <summary>
        /// Start of quiet hours in minutes after local midnight; equal to <see cref="QuietTo"/> when there are none.
        /// </summary>
        public int QuietFrom { get; set; }

        /// <summary>End of quiet hours, exclusive; may lie past midnight, so be smaller than the start.</summary>
        public int QuietTo { get; set; }

        /// <summary>Local time minus UTC in minutes: 420 in Viet Nam.</summary>
        public int UtcOffset { get; set; }

        /// <summary>Most minutes of sound a local day, emergencies exempt; 0 = no limit.</summary>
        public int MinutesPerDay { get; set; }

        public PlanEntry[] Entries { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(16 + (Entries.Length * PlanEntry.Length));
            writer.U32(Number);
            writer.U8(Volume);
            writer.U16(QuietFrom);
            writer.U16(QuietTo);
            writer.U16(UtcOffset + OffsetBias);
            writer.U16(MinutesPerDay);
            writer.U8(Entries.Length);
            for (int i = 0; i < Entries.Length; i++)
            {
                Entries[i].Write(writer);
            }

            return writer.ToArray();
        }

        /// <summary>The plan, or null when it is malformed or a value is out of its range.</summary>
        public static Plan Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            Plan plan = new Plan();
            plan.Number = reader.U32();
            plan.Volume = reader.U8();
            plan.QuietFrom = reader.U16();
            plan.QuietTo = reader.U16();
            plan.UtcOffset = reader.U16() - OffsetBias;
            plan.MinutesPerDay = reader.U16();
            int count = reader.U8();
            if (count > MaxEntries || reader.Remaining != count * PlanEntry.Length)
            {
                return null;
            }

            plan.Entries = new PlanEntry[count];
            bool valid = true;
            for (int i = 0; i < count; i++)
            {
                plan.Entries[i] = PlanEntry.Read(reader);
                valid = valid && plan.Entries[i].IsValid;
            }

            return reader.Complete && valid && plan.Volume <= 100 && plan.QuietFrom < 1440 && plan.QuietTo < 1440
                && plan.UtcOffset >= -720 && plan.UtcOffset <= 840 ? plan : null;
        }
    }
}
