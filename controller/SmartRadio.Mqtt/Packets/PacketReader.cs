using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace SmartRadio.Mqtt.Packets;

/// <summary>Reads the data types of MQTT (5, 1.5) and never past the end: what is missing or ill-formed is a malformed packet.</summary>
internal ref struct PacketReader(ReadOnlyMemory<byte> memory)
{
    private readonly ReadOnlyMemory<byte> _memory = memory;
    private readonly ReadOnlySpan<byte> _span = memory.Span;
    private int _position;

    public readonly int Remaining => _span.Length - _position;

    public readonly bool AtEnd => _position == _span.Length;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>One to four bytes of seven bits, the shortest form only.</summary>
    public uint ReadVariable()
    {
        uint value = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var part = ReadByte();
            value |= (part & 0x7Fu) << shift;
            if (part < 0x80)
            {
                return part != 0 || shift == 0 ? value : throw Malformed("a number is longer than it need be");
            }
        }

        throw Malformed("a number is longer than four bytes");
    }

    public bool ReadBoolean() => ReadByte() switch
    {
        0 => false,
        1 => true,
        _ => throw new MqttProtocolException(MqttReasonCode.ProtocolError, "A flag is neither 0 nor 1."),
    };

    public string ReadString()
    {
        var bytes = Take(ReadUInt16());
        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0))
        {
            throw Malformed("a text is not UTF-8 or holds U+0000");
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A copy: the buffer read from is used again.</summary>
    public ReadOnlyMemory<byte> ReadBinary() => Take(ReadUInt16()).ToArray();

    public PacketReader ReadBlock(uint length)
    {
        var start = _position;
        Take(length);
        return new PacketReader(_memory.Slice(start, (int)length));
    }

    /// <summary>What is left, as part of the buffer read from.</summary>
    public ReadOnlyMemory<byte> ReadRest()
    {
        var rest = _memory[_position..];
        _position = _span.Length;
        return rest;
    }

    public readonly void ExpectEnd()
    {
        if (!AtEnd)
        {
            throw Malformed("bytes are left over");
        }
    }

    public static MqttProtocolException Malformed(string why) =>
        new(MqttReasonCode.MalformedPacket, $"The packet is malformed: {why}.");

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)Remaining)
        {
            throw Malformed("it ends too early");
        }

        var taken = _span.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }
}
