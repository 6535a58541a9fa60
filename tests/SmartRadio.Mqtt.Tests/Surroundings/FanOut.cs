using SmartRadio.Mqtt.Client;

namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>One speaks and many listen: every byte must reach everybody, in order.</summary>
internal static class FanOut
{
    private const int Listeners = 200;
    private const int Messages = 40;

    /// <param name="optionsOf">The connection of a client of that name.</param>
    /// <param name="quality">Of subscriptions and messages.</param>
    /// <param name="cancellationToken">The test's.</param>
    public static async Task CheckAsync(Func<string, MqttClientOptions> optionsOf, MqttQualityOfService quality, CancellationToken cancellationToken)
    {
        List<MqttClient> clients = [.. Enumerable.Range(0, Listeners).Select(i => new MqttClient(optionsOf("listener" + i)))];
        await using var speaker = new MqttClient(optionsOf("speaker"));
        try
        {
            await Task.WhenAll(clients.Append(speaker).Select(c => c.StartAsync(cancellationToken)));
            await Task.WhenAll(clients.Select(c => c.SubscribeAsync("all", quality, cancellationToken)));
            await speaker.SubscribeAsync("other", quality, cancellationToken);
            var listening = Task.WhenAll(clients.Select(c => ListenAsync(c, cancellationToken)));
            for (var i = 0; i < Messages; i++)
            {
                await speaker.PublishAsync(new MqttMessage("all", Payload(i)) { QualityOfService = quality }, cancellationToken);
            }

            await listening;
        }
        finally
        {
            await Task.WhenAll(clients.Select(c => c.DisposeAsync().AsTask()));
        }
    }

    private static async Task ListenAsync(MqttClient client, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Messages; i++)
        {
            var message = await client.Messages.ReadAsync(cancellationToken);
            Assert.True(message.Payload.Span.SequenceEqual(Payload(i)), $"Message {i} of {client.ClientId} is not what was sent.");
        }
    }

    /// <summary>Its length and every byte tell which message it is.</summary>
    private static byte[] Payload(int number)
    {
        var payload = new byte[2_000 + (number * 37)];
        new Random(number).NextBytes(payload);
        return payload;
    }
}
