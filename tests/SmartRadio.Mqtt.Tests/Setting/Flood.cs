using MQTTnet.Packets;

namespace SmartRadio.Mqtt.Tests.Setting;

/// <summary>Asks and asks, and reads no answer.</summary>
internal static class Flood
{
    /// <summary>Far more than the kernel and Kestrel take before they let a sender wait.</summary>
    private const int Most = 64 * 1024 * 1024;

    /// <summary>Sends requests until the other side has taken none for a quarter of a second.</summary>
    /// <returns>Bytes sent.</returns>
    public static Task<long> WithUnreadAnswersAsync(RawClient client) => WithAsync(client, new MqttPingReqPacket());

    /// <inheritdoc cref="WithUnreadAnswersAsync"/>
    public static async Task<long> WithAsync(RawClient client, params MqttPacket[] requests)
    {
        var once = requests.SelectMany(client.Encode).ToArray();
        var many = Enumerable.Repeat(once, Math.Max(1, 64 * 1024 / once.Length)).SelectMany(bytes => bytes).ToArray();
        for (long sent = 0; sent < Most; sent += many.Length)
        {
            var sending = client.SendAsync(many);
            if (await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System)) != sending)
            {
                _ = sending.ContinueWith(static task => task.Exception, TaskScheduler.Default);
                return sent;
            }

            await sending;
        }

        throw new InvalidOperationException("The other side reads on and on.");
    }
}
