using System.Text;

namespace SmartRadio.Benchmarks.Load;

/// <summary>The few MQTT 3.1.1 packets the load needs, made by hand so that no engine of ours measures itself.</summary>
internal static class Wire311
{
    /// <summary>CONNACK and SUBACK of one filter.</summary>
    public const int GreetingLength = 4 + 5;

    public static byte[] Connect(string clientId) => Packet(0x10, [.. Text("MQTT"), 4, 2, 0, 0, .. Text(clientId)]);

    public static byte[] Subscribe(string filter, byte quality) => Packet(0x82, [0, 1, .. Text(filter), quality]);

    public static byte[] Publish(string topic, int payload, byte quality = 0) => quality == 0
        ? Packet(0x30, [.. Text(topic), .. new byte[payload]])
        : Packet(0x32, [.. Text(topic), 0, 1, .. new byte[payload]]);

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
