using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Updates;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Reports
{
    /// <summary>
    /// Says how the node itself is: once a connection, when it changes, and now and then for the level on the line.
    /// </summary>
    public sealed class HealthReporter
    {
        private readonly NodeClock _clock;
        private readonly Uplink _uplink;
        private readonly LineSense _line;
        private readonly ProgramUpdate _updates;
        private readonly NodeHardware _hardware;
        private Health _sent = new Health();
        private long _due;

        /// <param name="clock">The node's.</param>
        /// <param name="uplink">Carries it.</param>
        /// <param name="line">Null where no line is measured.</param>
        /// <param name="updates">Installs releases.</param>
        /// <param name="hardware">Knows the interval and what ended the program before.</param>
        public HealthReporter(NodeClock clock, Uplink uplink, LineSense line, ProgramUpdate updates, NodeHardware hardware)
        {
            _clock = clock;
            _uplink = uplink;
            _line = line;
            _updates = updates;
            _hardware = hardware;
        }

        public void Connected()
        {
            _due = _clock.Local;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            long now = _clock.Local;
            Health health = new Health();
            health.Line = _line == null ? LineState.NotMeasured : _line.State;
            health.LineLevel = _line == null ? 0 : _line.Level;
            health.Update = _updates.State;
            health.UpdateVersion = _updates.Version;
            health.LastFault = _hardware.LastFault;
            if (now >= _due || health.Line != _sent.Line || health.Update != _sent.Update
                || health.UpdateVersion != _sent.UpdateVersion)
            {
                _due = now + _hardware.Intervals.Health;
                _sent = health;
                _uplink.Send(UpType.Health, health.Write());
            }

            return Wait.Until(_due, now);
        }
    }
}
