namespace SmartRadio.Protocol.Plans
{
    /// <summary>
    /// Everything a node must hold to act without a link; a newer plan replaces the older one whole. What is on air and absent
    /// from a newer plan stops. Layout: number u32, volume u8, quiet from u16, quiet to u16, UTC offset i16 (biased by 32768 as
    /// u16), minutes a day u16, entry count u8 (bit 7: the volume changes in a day), entries of
    /// <see cref="PlanEntry.Length"/> bytes; with bit 7: count u8, changes of <see cref="VolumeChange.Length"/> bytes.
    /// </summary>
    public sealed class Plan
    {
        /// <summary>Entries that fit one command.</summary>
        public const int MaxEntries = 64;

        private const int OffsetBias = 32768;
        private const int HasVolumes = 128;

        /// <summary>Rises with every change; 0 means that the node holds none.</summary>
        public long Number { get; set; }

        /// <summary>The node's volume in percent, 0 to 100: an emergency's, and all sound's where it never changes.</summary>
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

        /// <summary>
        /// At most <see cref="VolumeChange.Most"/>, their minutes rising. Before the first the last one of the day before holds.
        /// </summary>
        public VolumeChange[] Volumes { get; set; } = new VolumeChange[0];

        /// <summary>The volume in percent of all but emergencies at a minute of the local day.</summary>
        public int VolumeAt(int minute)
        {
            int volume = Volumes.Length == 0 ? Volume : Volumes[Volumes.Length - 1].Volume;
            for (int i = 0; i < Volumes.Length && Volumes[i].From <= minute; i++)
            {
                volume = Volumes[i].Volume;
            }

            return volume;
        }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(17 + (Entries.Length * PlanEntry.Length) + (Volumes.Length * VolumeChange.Length));
            writer.U32(Number);
            writer.U8(Volume);
            writer.U16(QuietFrom);
            writer.U16(QuietTo);
            writer.U16(UtcOffset + OffsetBias);
            writer.U16(MinutesPerDay);
            writer.U8(Volumes.Length > 0 ? Entries.Length | HasVolumes : Entries.Length);
            for (int i = 0; i < Entries.Length; i++)
            {
                Entries[i].Write(writer);
            }

            // A plan without changes is written as plans were before there were any.
            if (Volumes.Length > 0)
            {
                writer.U8(Volumes.Length);
                for (int i = 0; i < Volumes.Length; i++)
                {
                    Volumes[i].Write(writer);
                }
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
            int head = reader.U8();
            int count = head & ~HasVolumes;
            if (count > MaxEntries || reader.Remaining < count * PlanEntry.Length)
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

            valid = valid && (head == count || plan.ReadVolumes(reader));
            return reader.Complete && valid && plan.Volume <= 100 && plan.QuietFrom < 1440 && plan.QuietTo < 1440
                && plan.UtcOffset >= -720 && plan.UtcOffset <= 840 ? plan : null;
        }

        /// <summary>False when they are malformed.</summary>
        private bool ReadVolumes(WireReader reader)
        {
            int count = reader.U8();
            if (count == 0 || count > VolumeChange.Most || reader.Remaining != count * VolumeChange.Length)
            {
                return false;
            }

            Volumes = new VolumeChange[count];
            int before = -1;
            bool valid = true;
            for (int i = 0; i < count; i++)
            {
                VolumeChange change = VolumeChange.Read(reader);
                valid = valid && change.From > before && change.From < 1440 && change.Volume <= 100;
                before = change.From;
                Volumes[i] = change;
            }

            return valid;
        }
    }
}
