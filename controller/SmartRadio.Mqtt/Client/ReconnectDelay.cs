namespace SmartRadio.Mqtt.Client;

/// <summary>How long to wait before the next attempt: doubling, and jittered so that many do not come back at once.</summary>
internal sealed class ReconnectDelay(TimeSpan first, TimeSpan most, Random random)
{
    private TimeSpan? _next;

    /// <summary>A connection was made: begin small again.</summary>
    public void Reset() => _next = null;

    /// <returns>Between half and all of the pause that is due.</returns>
    public TimeSpan Next()
    {
        var due = _next ?? first;
        _next = due * 2 < most ? due * 2 : most;
        return due * (0.5 + (random.NextDouble() / 2));
    }
}
