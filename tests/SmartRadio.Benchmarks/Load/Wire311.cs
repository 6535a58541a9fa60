using System.Text;

namespace SmartRadio.Benchmarks.Load;

/// <summary>The few MQTT 3.1.1 packets the load needs, made by hand so that no library is measured with the brokers.</summary>
internal static class Wire311
{
    /// <summary>Seconds, the most that nodes are allowed. The load sends no pings, so no row may be silent for longer.</summary>
    private const byte KeepAlive = 120;

    public static byte[] Connect(string clientId, string? userName = null) => userName is null
        ? Packet(0x10, [.. Text("MQTT"), 4, 0x02, 0, KeepAlive, .. Text(clientId)])
        : Packet(0x10, [.. Text("MQTT"), 4, 0x82, 0, KeepAlive, .. Text(clientId), .. Text(userName)]);

    public static byte[] Subscribe(params IEnumerable<string> filters) =>
        Packet(0x82, [0, 1, .. filters.SelectMany(filter => (byte[])[.. Text(filter), 0])]);

    /// <summary>Bytes of CONNACK and of the SUBACK for so many filters.</summary>
    public static int GreetingLength(int filters) => 4 + 4 + filters;

    /// <param name="topic">Where.</param>
    /// <param name="payload">Bytes of payload.</param>
    /// <param name="quality">0 or 1.</param>
    /// <param name="last">The payload's last byte, which can number frames; the others are 0.</param>
    public static byte[] Publish(string topic, int payload, byte quality = 0, byte last = 0) => quality == 0
        ? Packet(0x30, [.. Text(topic), .. new byte[payload - 1], last])
        : Packet(0x32, [.. Text(topic), 0, 1, .. new byte[payload - 1], last]);

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Packet(byte first, byte[] body)
    {
        var length = new List<byte>();
        var rest = body.Length;
        do
        {
            length.Add((byte)(rest % 128 + (rest >= 128 ? 128 : 0)));
            rest /= 128;
        }
        while (rest > 0);
        return [first, .. length, .. body];
    }
}
