using SmartRadio.Protocol.Commands;

namespace SmartRadio.Protocol.Reports
{
    /// <summary>
    /// How the node itself is, sent after the first heartbeat of a connection and whenever it changes. Body: line u8, line level
    /// u16 mV, update u8, update version text.
    /// </summary>
    public sealed class Health
    {
        /// <summary>What the node measures on its loudspeaker line.</summary>
        public LineState Line { get; set; }

        /// <summary>RMS at the line sensor over the last stretch judged, in mV.</summary>
        public int LineLevel { get; set; }

        public UpdateState Update { get; set; }

        /// <summary>
        /// The version that <see cref="Update"/> is about, at most <see cref="UpdateCommand.MaxVersion"/> bytes; empty when there
        /// is none.
        /// </summary>
        public string UpdateVersion { get; set; } = string.Empty;

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(40);
            writer.U8((int)Line);
            writer.U16(LineLevel);
            writer.U8((int)Update);
            writer.Text(UpdateVersion);
            return writer.ToArray();
        }

        /// <summary>The message, or null when it is malformed.</summary>
        public static Health Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            Health health = new Health();
            health.Line = (LineState)reader.U8();
            health.LineLevel = reader.U16();
            health.Update = (UpdateState)reader.U8();
            int before = reader.Remaining;
            health.UpdateVersion = reader.Text();
            bool inRange = health.Line <= LineState.Open && health.Update <= UpdateState.Failed && before <= 1
                + UpdateCommand.MaxVersion;
            return reader.Complete && inRange ? health : null;
        }
    }
}
