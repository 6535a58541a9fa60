namespace SmartRadio.Mqtt.Client;

/// <summary>Asks the broker for signs of life well within the keep-alive, and tells when none come.</summary>
internal sealed class BrokerPulse(TimeProvider time)
{
    private long _lastBeat = time.GetTimestamp();
    private volatile bool _isHeld;

    /// <summary>While the owner keeps us from reading, the broker's silence means nothing.</summary>
    public bool IsHeld
    {
        get => _isHeld;
        set
        {
            Beat();
            _isHeld = value;
        }
    }

    /// <summary>A packet came.</summary>
    public void Beat() => Volatile.Write(ref _lastBeat, time.GetTimestamp());

    /// <summary>Watches until cancelled, or until the broker counts as gone.</summary>
    /// <param name="keepAlive">As agreed with the broker; zero is none.</param>
    /// <param name="ask">Asks for a sign of life.</param>
    /// <param name="gone">Called when nothing has come for one and a half of the keep-alive.</param>
    /// <param name="cancellationToken">The connection ended.</param>
    public async Task WatchAsync(TimeSpan keepAlive, Action ask, Action gone, CancellationToken cancellationToken)
    {
        if (keepAlive <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            while (true)
            {
                await Task.Delay(keepAlive * 0.7, time, cancellationToken);
                if (!IsHeld && time.GetElapsedTime(Volatile.Read(ref _lastBeat)) > keepAlive * 1.5)
                {
                    gone();
                    return;
                }

                ask();
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ended first.
        }
    }
}
