using System;
using nanoFramework.Runtime.Native;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>The real-time clock read once at power-on, then the milliseconds since.</summary>
    public sealed class DeviceClock : ILocalClock
    {
        private const long TicksPerMicrosecond = 10;
        private const long TicksPerMillisecond = 10000;

        private readonly long _startUnix;
        private readonly long _startCount;

        public DeviceClock()
        {
            _startUnix = (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond;
            _startCount = Environment.TickCount64;
        }

        public long Microseconds
        {
            get { return _startUnix + ((Environment.TickCount64 - _startCount) * 1000); }
        }

        public void Keep(long unixMilliseconds)
        {
            Rtc.SetSystemTime(new DateTime(DateTime.UnixEpoch.Ticks + (unixMilliseconds * TicksPerMillisecond)));
        }
    }
}
