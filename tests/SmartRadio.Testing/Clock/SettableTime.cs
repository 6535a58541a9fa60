namespace SmartRadio.Testing.Clock;

/// <summary>
/// A clock that moves only when a test moves it, and walks from alarm to alarm: whoever wakes sees the instant it asked for, and
/// an alarm that it then sets still rings in the same walk. So a loop that waits a second at a time runs sixty times in a minute.
/// </summary>
/// <remarks>
/// Wall clock and timestamps move together, in ticks, until <see cref="Jump"/> parts them. An alarm rings on the thread that
/// moves the clock, outside of every lock, and what follows an await of it runs there too. Code that goes on elsewhere may set
/// its next alarm only after the walk has passed: wait for <see cref="NextAlarm"/> before the clock is moved on.
/// </remarks>
/// <param name="start">The first instant it shows; any will do where a test gives none.</param>
public sealed class SettableTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedList<(DateTimeOffset Due, long Order), Alarm> _alarms = [];
    private DateTimeOffset _now = (start ?? new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();
    private TimeSpan _jumped;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>
    /// The instant of the earliest alarm, jumps not counted, which lies in the past when it has no wait; null while nobody waits.
    /// </summary>
    public DateTimeOffset? NextAlarm
    {
        get
        {
            lock (_gate)
            {
                return _alarms.Count == 0 ? null : _alarms.GetKeyAtIndex(0).Due;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now + _jumped;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _now.Ticks;
        }
    }

    /// <summary>Puts the wall clock alone forward or back; timestamps and alarms go on.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_gate)
        {
            _jumped += by;
        }
    }

    /// <summary>Sets an alarm. One without a wait rings when the clock is next moved, even by nothing.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>
    /// Moves the clock, and rings what falls due on the way: the earliest first, those of one instant in the order they were set.
    /// What an alarm throws comes out here, with the clock at that alarm. A walk inside a walk goes on from where the clock is.
    /// </summary>
    /// <param name="by">Zero or more: a clock does not go back.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset target;
        lock (_gate)
        {
            target = _now + by;
        }

        while (NextUntil(target) is { } ring)
        {
            ring();
        }
    }

    /// <summary>Moves to the earliest alarm due until an instant and takes it off; without one, to that instant.</summary>
    private Action? NextUntil(DateTimeOffset target)
    {
        lock (_gate)
        {
            var isDue = _alarms.Count > 0 && _alarms.GetKeyAtIndex(0).Due <= target;
            var reached = isDue ? _alarms.GetKeyAtIndex(0).Due : target;
            _now = reached > _now ? reached : _now;
            return isDue ? _alarms.GetValueAtIndex(0).TakeOff() : null;
        }
    }

    private sealed class Alarm(SettableTime time, Action ring) : ITimer
    {
        private (DateTimeOffset Due, long Order)? _key;
        private TimeSpan _period;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
            ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
            lock (time._gate)
            {
                if (_isDisposed)
                {
                    return false;
                }

                _period = period;
                Set(dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime);
                return true;
            }
        }

        /// <summary>Sets it anew when it is periodic. The gate is held.</summary>
        public Action TakeOff()
        {
            Set(_period > TimeSpan.Zero ? _key!.Value.Due + _period : null);
            return ring;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                _isDisposed = true;
                Set(null);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(DateTimeOffset? due)
        {
            if (_key is { } old)
            {
                time._alarms.Remove(old);
            }

            _key = due is { } at ? (at, time._order++) : null;
            if (_key is { } key)
            {
                time._alarms.Add(key, this);
            }
        }
    }
}
