namespace SmartRadio.Mqtt.Packets;

/// <summary>One whole packet as it lies in a receive buffer, valid until the next read.</summary>
internal readonly record struct Frame(PacketType Type, byte Flags, ReadOnlyMemory<byte> Body)
{
    /// <summary>Cuts a frame off the front of what was received.</summary>
    /// <param name="received">Bytes from the start of a packet on.</param>
    /// <param name="maxSize">Largest whole packet accepted.</param>
    /// <param name="frame">The frame, when it is complete.</param>
    /// <param name="size">Bytes of the whole packet, 0 while its header is incomplete.</param>
    public static bool TryRead(ReadOnlyMemory<byte> received, int maxSize, out Frame frame, out int size)
    {
        frame = default;
        size = 0;
        var span = received.Span;
        if (!span.IsEmpty)
        {
            ThrowUnlessLegal((PacketType)(span[0] >> 4), span[0] & 0x0F);
        }

        if (span.Length < 2)
        {
            return false;
        }

        var length = 0;
        for (var i = 1; ; i++)
        {
            if (i == 5)
            {
                throw PacketReader.Malformed("its length is longer than four bytes");
            }

            if (i == span.Length)
            {
                return false;
            }

            length |= (span[i] & 0x7F) << (7 * (i - 1));
            if (span[i] >= 0x80)
            {
                continue;
            }

            if (i > 1 && span[i] == 0)
            {
                throw PacketReader.Malformed("its length is longer than it need be");
            }

            var start = i + 1;
            size = start + length;
            if (size > maxSize)
            {
                throw new MqttProtocolException(MqttReasonCode.PacketTooLarge, $"A packet of {size} bytes is above the limit of {maxSize}.");
            }

            if (size > span.Length)
            {
                return false;
            }

            frame = new Frame((PacketType)(span[0] >> 4), (byte)(span[0] & 0x0F), received.Slice(start, length));
            return true;
        }
    }

    /// <summary>At the first byte: nobody waits for the rest of what is no packet.</summary>
    private static void ThrowUnlessLegal(PacketType type, int flags)
    {
        if (type is < PacketType.Connect or > PacketType.Auth)
        {
            throw PacketReader.Malformed($"type {(int)type} is unknown");
        }

        var expected = type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? 2 : 0;
        if (type != PacketType.Publish && flags != expected)
        {
            throw PacketReader.Malformed("reserved flags are set");
        }
    }
}
