using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Plans;

namespace SmartRadio.Node.Plans
{
    /// <summary>An entry of the plan with what the node knows of it.</summary>
    public sealed class PlannedEntry
    {
        public PlannedEntry(PlanEntry entry, BroadcastRecord record)
        {
            Entry = entry;
            Record = record;
        }

        public PlanEntry Entry { get; }

        public BroadcastRecord Record { get; }

        /// <summary>Why it did not start when it was last looked at.</summary>
        public ReceiptReason Blocked { get; set; }

        /// <summary>
        /// A newer plan, which is being taken, says otherwise of it or nothing: it must not start as it stands here.
        /// </summary>
        public bool IsWithheld { get; set; }

        /// <summary>It is over, and what it held was let go.</summary>
        public bool IsClosed { get; set; }

        /// <summary>Milliseconds of sound still to be played.</summary>
        public long Remaining
        {
            get { return (Entry.Samples - Record.Position) * 1000 / SoundFormat.Rate(Entry.Codec); }
        }
    }
}
