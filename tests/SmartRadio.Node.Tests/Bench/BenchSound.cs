using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>A µ-law sound as an object: its id, its chunks, and the samples that must be heard.</summary>
internal sealed class BenchSound
{
    private short[]? _samples;

    public BenchSound(int seed, int samples)
        : this(Chance(seed, samples))
    {
    }

    public BenchSound(byte[] bytes)
    {
        Bytes = bytes;
        Layout = new ObjectLayout(bytes.Length);
        var manifest = Enumerable.Range(0, Layout.Pieces).SelectMany(i => ObjectHash.Digest(Piece(i))).ToArray();
        Id = ObjectHash.Digest(manifest);
        Stored = [.. manifest, .. Bytes];
    }

    public byte[] Id { get; }

    public byte[] Bytes { get; }

    public ObjectLayout Layout { get; }

    public short[] Samples => _samples ??= Array.ConvertAll(Bytes, code => (short)ULaw.Decode(code));

    public string Topic => Topics.Object(Hex.Encode(Id));

    /// <summary>The object as it lies on a node.</summary>
    public byte[] Stored { get; }

    public byte[] Chunk(int index)
    {
        var offset = index < Layout.ManifestChunks
            ? index * ObjectLayout.PieceLength
            : Layout.ManifestLength + ((index - Layout.ManifestChunks) * ObjectLayout.PieceLength);
        return new ObjectChunk
        {
            Index = index,
            ObjectLength = Bytes.Length,
            Payload = Stored[offset..(offset + Layout.ChunkLength(index))]
        }.Write();
    }

    private static byte[] Chance(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private byte[] Piece(int index) =>
        Bytes[(index * ObjectLayout.PieceLength)..Math.Min(Bytes.Length, (index + 1) * ObjectLayout.PieceLength)];
}
