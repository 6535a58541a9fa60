namespace SmartRadio.Simulation.World;

/// <summary>
/// The controller's time: the world's, and timers that ring on the world's one thread. They lie in the agenda beside nodes and
/// network, so that one queue gives one order; SettableTime keeps a queue of its own.
/// </summary>
internal sealed class VirtualTime(Agenda agenda, OneThread thread) : TimeProvider
{
    /// <summary>How far the machine's wall clock is set before the true time; timestamps and timers know nothing of it.</summary>
    public TimeSpan Jump { get; set; }

    public override long TimestampFrequency => 1_000_000;

    public override DateTimeOffset GetUtcNow() =>
        DateTimeOffset.UnixEpoch.AddTicks(agenda.Now * TimeSpan.TicksPerMicrosecond) + Jump;

    public override long GetTimestamp() => agenda.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(agenda, thread, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(Agenda agenda, OneThread thread, Action ring) : ITimer
    {
        private TimeSpan _period;
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _version++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Set(dueTime, _version);
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan wait, int version) => agenda.After(wait, () =>
        {
            if (version != _version || thread.IsDead)
            {
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                Set(_period, version);
            }

            thread.Run(ring);
        });
    }
}
