using SmartRadio.Protocol;

namespace SmartRadio.Node.Storage
{
    /// <summary>Sound played in the present local day, emergencies not counted.</summary>
    public sealed class Airtime
    {
        private long _day;
        private long _microseconds;

        /// <summary>Milliseconds used on a local day (days since 1970).</summary>
        public long Used(long day)
        {
            return day == _day ? _microseconds / 1000 : 0;
        }

        public void Count(long day, long microseconds)
        {
            if (day != _day)
            {
                _day = day;
                _microseconds = 0;
            }

            _microseconds += microseconds;
        }

        public void Write(WireWriter writer)
        {
            writer.U32(_day);
            writer.I64(_microseconds);
        }

        public void Read(WireReader reader)
        {
            _day = reader.U32();
            _microseconds = reader.I64();
        }
    }
}
