using SmartRadio.Protocol.Commands;

namespace SmartRadio.Protocol.Reports
{
    /// <summary>
    /// How the node itself is, sent after the first heartbeat of a connection and whenever it changes. Body: line u8, line level
    /// u16 mV, update u8, update version text, and only where there was one, last fault text.
    /// </summary>
    public sealed class Health
    {
        /// <summary>Bytes of <see cref="LastFault"/>.</summary>
        public const int MaxFault = 120;

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

        /// <summary>
        /// Type and place of the exception that last ended the program, at most <see cref="MaxFault"/> bytes; empty when there is
        /// none, and from programs that do not keep it.
        /// </summary>
        public string LastFault { get; set; } = string.Empty;

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(40);
            writer.U8((int)Line);
            writer.U16(LineLevel);
            writer.U8((int)Update);
            writer.Text(UpdateVersion);
            if (LastFault.Length > 0)
            {
                writer.Text(LastFault);
            }

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
            bool inRange = health.Line <= LineState.Open && health.Update <= UpdateState.Failed
                && before - reader.Remaining <= 1 + UpdateCommand.MaxVersion && reader.Remaining <= 1 + MaxFault;
            if (reader.Remaining > 0)
            {
                health.LastFault = reader.Text();
                inRange = inRange && health.LastFault.Length > 0;
            }

            return reader.Complete && inRange ? health : null;
        }
    }
}
