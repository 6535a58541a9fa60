using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Reports
{
    /// <summary>Sends the node's state at an even interval, and soon when what people watch has changed.</summary>
    public sealed class HeartbeatReporter
    {
        private readonly NodeHardware _hardware;
        private readonly NodeClock _clock;
        private readonly Uplink _uplink;
        private readonly PlanStore _plan;
        private readonly Player _player;
        private readonly RejectionLog _rejections;
        private readonly RotateHandler _rotations;
        private long _due;
        private long _onAir;
        private long _planNumber;
        private int _answers;

        public HeartbeatReporter(
            NodeHardware hardware, NodeClock clock, Uplink uplink, PlanStore plan, Player player,
            RejectionLog rejections, RotateHandler rotations)
        {
            _hardware = hardware;
            _clock = clock;
            _uplink = uplink;
            _plan = plan;
            _player = player;
            _rejections = rejections;
            _rotations = rotations;
        }

        /// <summary>Has the next heartbeat sent at once.</summary>
        public void Hurry()
        {
            _due = _clock.Local;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            long now = _clock.Local;
            if (_player.OnAir != _onAir)
            {
                // It changes on all nodes in the same instant.
                _onAir = _player.OnAir;
                long soon = now + (_hardware.Jitter.Next(Intervals.Spread) * 1000L);
                _due = soon < _due ? soon : _due;
            }

            // The volume is in the plan, so a new plan covers it.
            if (now >= _due || _plan.Number != _planNumber || _rotations.Answers != _answers)
            {
                _due = now + (_hardware.Intervals.Heartbeat * (90 + _hardware.Jitter.Next(21)) / 100);
                _planNumber = _plan.Number;
                _answers = _rotations.Answers;
                _uplink.Send(UpType.Heartbeat, State().Write());
            }

            return Wait.Until(_due, now);
        }

        private Heartbeat State()
        {
            Heartbeat beat = new Heartbeat();
            beat.PlanNumber = _planNumber;
            beat.OnAir = _onAir;
            beat.Volume = _plan.Volume;
            beat.Signal = _hardware.Sensors.Signal;
            beat.StorageFree = _hardware.Files.FreeBytes / 1024;
            beat.ClockOffset = _clock.Offset;
            beat.Temperature = _hardware.Sensors.Temperature;
            beat.Supply = _hardware.Sensors.Supply;
            beat.Uptime = _clock.Uptime;
            beat.Rejected = _rejections.Count;
            return beat;
        }
    }
}
