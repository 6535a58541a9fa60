using Microsoft.Win32.SafeHandles;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Objects;

/// <summary>
/// An encoded sound on disk, seen as the chunks that nodes ask for: first the manifest, then the sound. The file holds the sound
/// alone, under the object's id; opening it works out the manifest and so proves that the bytes are still the approved ones.
/// </summary>
public sealed class ObjectFile
{
    private const int LargestRate = 8000; // bytes a second of µ-law at 8 kHz, the largest codec every bulletin is encoded in

    private readonly string _path;
    private readonly byte[] _manifest;

    private ObjectFile(string path, ObjectLayout layout, byte[] manifest)
    {
        _path = path;
        Layout = layout;
        _manifest = manifest;
    }

    /// <summary>Longest sound whose objects can be carried.</summary>
    public static TimeSpan LongestSound { get; } = TimeSpan.FromSeconds(ObjectLayout.MaxLength / LargestRate);

    public ObjectLayout Layout { get; }

    /// <summary>The content address, 32 lower-case hexadecimal digits.</summary>
    public string Id => Path.GetFileName(_path);

    /// <summary>Reads the file once to digest its pieces.</summary>
    /// <exception cref="IOException">
    /// It cannot be read, is empty, is larger than an object may be, or its bytes are not those its name promises.
    /// </exception>
    public static ObjectFile Open(string path)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        if (length is 0 or > ObjectLayout.MaxLength)
        {
            throw new IOException($"An object has 1 to {ObjectLayout.MaxLength} bytes, not {length}.");
        }

        var layout = new ObjectLayout(length);
        var manifest = new byte[layout.ManifestLength];
        for (var piece = 0; piece < layout.Pieces; piece++)
        {
            var digest = ObjectHash.Digest(ReadPiece(file, layout, piece));
            digest.CopyTo(manifest, piece * ObjectLayout.DigestLength);
        }

        var id = Hex.Encode(ObjectHash.Digest(manifest));
        return id == Path.GetFileName(path)
            ? new ObjectFile(path, layout, manifest)
            : throw new IOException($"The object {Path.GetFileName(path)} is damaged: its bytes have the id {id}.");
    }

    /// <summary>The payload of a chunk; <paramref name="index"/> is below <see cref="ObjectLayout.Chunks"/>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] Chunk(int index)
    {
        if (index >= Layout.ManifestChunks)
        {
            using var file = File.OpenHandle(_path);
            return ReadPiece(file, Layout, index - Layout.ManifestChunks);
        }

        var start = index * ObjectLayout.PieceLength;
        return _manifest[start..(start + Layout.ChunkLength(index))];
    }

    private static byte[] ReadPiece(SafeFileHandle file, ObjectLayout layout, int piece)
    {
        var bytes = new byte[layout.ChunkLength(layout.ManifestChunks + piece)];
        var read = RandomAccess.Read(file, bytes, (long)piece * ObjectLayout.PieceLength);
        return read == bytes.Length ? bytes : throw new IOException("The object's file ended early.");
    }
}
