namespace SmartRadio.Mqtt;

/// <summary>The length that a packet's first bytes announce (MQTT 5, 2.1.4). MQTTnet takes any, up to 268,435,455 bytes.</summary>
internal static class AnnouncedLength
{
    /// <summary>Of the first byte and the length after it.</summary>
    public const int MaxHeader = 5;

    /// <param name="header">The packet's first bytes, as many as there are, up to <see cref="MaxHeader"/>.</param>
    /// <param name="most">Bytes that may follow the header.</param>
    /// <returns>Bytes that follow the header; null while it is not whole.</returns>
    /// <exception cref="MqttProtocolViolationException">More than may be, or no length at all.</exception>
    public static int? Read(ReadOnlySpan<byte> header, int most)
    {
        var length = 0;
        for (var i = 1; i < header.Length; i++)
        {
            length |= (header[i] & 0x7F) << (7 * (i - 1));
            if (length > most || (i == MaxHeader - 1 && header[i] > 0x7F))
            {
                throw new MqttProtocolViolationException($"A packet of more than {most} bytes is announced.");
            }

            if (header[i] <= 0x7F)
            {
                return length;
            }
        }

        return null;
    }
}
