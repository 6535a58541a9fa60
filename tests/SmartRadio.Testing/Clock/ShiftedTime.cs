namespace SmartRadio.Testing.Clock;

/// <summary>The real clock of a machine on which somebody sets the wall clock; timestamps and timers stay real.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _ticks;

    /// <summary>How far the wall clock is set before the true time.</summary>
    public TimeSpan Shift
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _ticks));
        set => Volatile.Write(ref _ticks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
