using SmartRadio.Protocol.Objects;

namespace SmartRadio.Protocol.Commands
{
    /// <summary>
    /// Has a node install a release of its program. Body: version text, object id 16, object bytes u32. The command's MAC is the
    /// release's signature for this node: the object is named by its content (see <see cref="ObjectLayout"/>), and whoever has
    /// not the node's secret cannot name one. The object is a <see cref="ReleaseBundle"/>.
    /// </summary>
    public sealed class UpdateCommand
    {
        /// <summary>Longest version in bytes of UTF-8.</summary>
        public const int MaxVersion = 32;

        /// <summary>1 to <see cref="MaxVersion"/> bytes.</summary>
        public string Version { get; set; }

        public byte[] ObjectId { get; set; }

        /// <summary>Bytes of the object, 1 to <see cref="ReleaseBundle.MaxLength"/>.</summary>
        public long ObjectBytes { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(56);
            writer.Text(Version);
            writer.Bytes(ObjectId);
            writer.U32(ObjectBytes);
            return writer.ToArray();
        }

        /// <summary>The command, or null when it is malformed.</summary>
        public static UpdateCommand Read(byte[] body)
        {
            WireReader reader = new WireReader(body);
            UpdateCommand command = new UpdateCommand();
            int length = body.Length == 0 ? 0 : body[0];
            command.Version = reader.Text();
            command.ObjectId = reader.Bytes(WireSizes.ObjectIdLength);
            command.ObjectBytes = reader.U32();
            bool inRange = length > 0 && length <= MaxVersion && command.ObjectBytes > 0
                && command.ObjectBytes <= ReleaseBundle.MaxLength;
            return reader.Complete && inRange ? command : null;
        }
    }
}
