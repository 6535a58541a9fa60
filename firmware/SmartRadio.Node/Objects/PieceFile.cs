using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Objects
{
    /// <summary>
    /// An object on the storage: one file, manifest first, then the sound. Nothing in it is believed before its digest was right.
    /// </summary>
    public sealed class PieceFile
    {
        private const string Prefix = "o";

        private readonly IFiles _files;

        public PieceFile(IFiles files, byte[] id, long length)
        {
            _files = files;
            Id = id;
            Hexadecimal = Hex.Encode(id);
            Name = Prefix + Hexadecimal;
            Layout = new ObjectLayout(length);
        }

        public byte[] Id { get; }

        /// <summary>The id as it stands in names and topics.</summary>
        public string Hexadecimal { get; }

        public string Name { get; }

        public ObjectLayout Layout { get; }

        /// <summary>The verified manifest, or null until <see cref="LoadManifest"/> succeeded.</summary>
        public byte[] Manifest { get; private set; }

        public static string NameOf(byte[] id)
        {
            return Prefix + Hex.Encode(id);
        }

        /// <summary>Reads the manifest and checks it against the object's id.</summary>
        public bool LoadManifest()
        {
            byte[] manifest = new byte[Layout.ManifestLength];
            if (_files.ReadAt(Name, 0, manifest, manifest.Length) == manifest.Length
                && Mac.Matches(Id, ObjectHash.Digest(manifest), 0))
            {
                Manifest = manifest;
            }

            return Manifest != null;
        }

        /// <summary>The file's content is no longer believed.</summary>
        public void DropManifest()
        {
            Manifest = null;
        }

        /// <summary>True when these bytes are piece <paramref name="piece"/>; needs the manifest.</summary>
        public bool IsPiece(int piece, byte[] content)
        {
            return Mac.Matches(ObjectHash.Digest(content), Manifest, piece * ObjectLayout.DigestLength);
        }

        /// <summary>The bytes of a piece when they are right, else null; needs the manifest.</summary>
        /// <param name="piece">Its number.</param>
        /// <param name="spare">An array that is used again when its length is the piece's, or null.</param>
        public byte[] ReadPiece(int piece, byte[] spare)
        {
            int index = Layout.ManifestChunks + piece;
            int length = Layout.ChunkLength(index);
            byte[] content = spare != null && spare.Length == length ? spare : new byte[length];
            return _files.ReadAt(Name, OffsetOf(index), content, length) == length && IsPiece(piece, content) ? content : null;
        }

        public bool WriteChunk(int index, byte[] payload)
        {
            return _files.WriteAt(Name, OffsetOf(index), payload);
        }

        /// <summary>True when the storage holds any of it.</summary>
        public bool Exists()
        {
            return _files.ReadAt(Name, 0, new byte[1], 1) == 1;
        }

        private long OffsetOf(int index)
        {
            return index < Layout.ManifestChunks
                ? (long)index * ObjectLayout.PieceLength
                : Layout.ManifestLength + ((long)(index - Layout.ManifestChunks) * ObjectLayout.PieceLength);
        }
    }
}
