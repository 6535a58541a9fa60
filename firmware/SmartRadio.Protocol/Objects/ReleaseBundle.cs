namespace SmartRadio.Protocol.Objects
{
    /// <summary>
    /// A release of the device program as one object: count u8 (1 to 8), then for each assembly, in the order of loading, its
    /// name text, length u32 and bytes. Of the last one the loader calls the entry point.
    /// </summary>
    public sealed class ReleaseBundle
    {
        public const int MaxAssemblies = 8;

        /// <summary>Largest bundle in bytes: the loader needs it whole in memory, twice.</summary>
        public const int MaxLength = 512 * 1024;

        public string[] Names { get; set; }

        /// <summary>The assemblies, each as long as its file.</summary>
        public byte[][] Assemblies { get; set; }

        public byte[] Write()
        {
            WireWriter writer = new WireWriter(4096);
            writer.U8(Names.Length);
            for (int i = 0; i < Names.Length; i++)
            {
                writer.Text(Names[i]);
                writer.U32(Assemblies[i].Length);
                writer.Bytes(Assemblies[i]);
            }

            return writer.ToArray();
        }

        /// <summary>The bundle, or null when it is malformed.</summary>
        public static ReleaseBundle Read(byte[] content)
        {
            if (content.Length > MaxLength)
            {
                return null;
            }

            WireReader reader = new WireReader(content);
            int count = reader.U8();
            if (count < 1 || count > MaxAssemblies)
            {
                return null;
            }

            ReleaseBundle bundle = new ReleaseBundle();
            bundle.Names = new string[count];
            bundle.Assemblies = new byte[count][];
            for (int i = 0; i < count; i++)
            {
                bundle.Names[i] = reader.Text();
                long length = reader.U32();
                if (length < 1 || length > reader.Remaining)
                {
                    return null;
                }

                bundle.Assemblies[i] = reader.Bytes((int)length);
            }

            return reader.Complete ? bundle : null;
        }
    }
}
