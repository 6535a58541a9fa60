using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SmartRadio.Mqtt.Packets;

/// <summary>Writes one packet into a pooled buffer. Room is left in front for the fixed header, whose length is known last.</summary>
internal ref struct PacketWriter(int bodyCapacity)
{
    private const int HeaderRoom = 5;
    private const int MaxRemainingLength = 268_435_455;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(HeaderRoom + bodyCapacity);
    private int _position = HeaderRoom;

    /// <summary>Index of the next byte, in the array the packet ends up in.</summary>
    public readonly int Position => _position;

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void WriteVariable(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        WriteBytes(bytes[..PutVariable(bytes, value)]);
    }

    public void WriteBytes(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void WriteBinary(scoped ReadOnlySpan<byte> bytes)
    {
        WriteUInt16(LengthPrefix(bytes.Length));
        WriteBytes(bytes);
    }

    public void WriteString(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteUInt16(LengthPrefix(length));
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>Starts a block that is preceded by its own length; <see cref="EndBlock"/> fills it in.</summary>
    public int BeginBlock()
    {
        WriteByte(0);
        return _position;
    }

    public void EndBlock(int start)
    {
        var length = _position - start;
        Span<byte> prefix = stackalloc byte[4];
        var prefixLength = PutVariable(prefix, (uint)length);
        if (prefixLength > 1)
        {
            Take(prefixLength - 1);
            _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + prefixLength - 1));
        }

        prefix[..prefixLength].CopyTo(_buffer.AsSpan(start - 1));
    }

    /// <summary>Puts the fixed header in front and gives the packet away.</summary>
    /// <param name="type">Upper half of the first byte.</param>
    /// <param name="flags">Lower half.</param>
    /// <param name="following">Bytes of the body that are sent from elsewhere, right after this buffer.</param>
    /// <param name="expiry">See <see cref="SharedBuffer.Expiry"/>.</param>
    public readonly SharedBuffer Finish(PacketType type, byte flags, int following = 0, PacketExpiry? expiry = null)
    {
        var length = (long)_position - HeaderRoom + following;
        if (length > MaxRemainingLength)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            throw new ArgumentException("An MQTT packet holds at most 256 MiB.", nameof(following));
        }

        Span<byte> header = stackalloc byte[HeaderRoom];
        header[0] = (byte)((byte)type << 4 | flags);
        var headerLength = 1 + PutVariable(header[1..], (uint)length);
        var start = HeaderRoom - headerLength;
        header[..headerLength].CopyTo(_buffer.AsSpan(start));
        return SharedBuffer.Pooled(_buffer, start, _position - start, following, expiry);
    }

    private static int PutVariable(Span<byte> target, uint value)
    {
        var count = 0;
        do
        {
            var part = (byte)(value & 0x7F);
            value >>= 7;
            target[count++] = value > 0 ? (byte)(part | 0x80) : part;
        }
        while (value > 0);
        return count;
    }

    private static ushort LengthPrefix(int length) => length <= ushort.MaxValue
        ? (ushort)length
        : throw new ArgumentException("A text or binary field holds at most 65,535 bytes.", nameof(length));

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _position < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_buffer.Length * 2, _position + count)));
            _buffer.AsSpan(0, _position).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var taken = _buffer.AsSpan(_position, count);
        _position += count;
        return taken;
    }
}
