namespace SmartRadio.Mqtt.Client;

/// <summary>How long to wait before the next attempt: doubling, and jittered so that many clients do not come back at once.</summary>
internal sealed class ReconnectPause(MqttClientOptions options, TimeProvider time)
{
    private TimeSpan _next = options.FirstReconnectDelay;

    /// <summary>A connection was made: begin small again.</summary>
    public void Reset() => _next = options.FirstReconnectDelay;

    /// <summary>Waits between half and all of the pause.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < options.MaxReconnectDelay ? _next * 2 : options.MaxReconnectDelay;
        try
        {
            await Task.Delay(pause, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopped while waiting.
        }
    }
}
