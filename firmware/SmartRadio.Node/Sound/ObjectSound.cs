using SmartRadio.Node.Objects;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Sound
{
    /// <summary>Plays a stored object. Each piece is checked against the manifest again as it is read, so worn storage gives silence, not noise.</summary>
    public sealed class ObjectSound : ISound
    {
        private readonly ObjectReader _reader;
        private readonly IDecoder _decoder;
        private readonly byte[] _unit;
        private long _nextUnit;

        public ObjectSound(ObjectReader reader, IDecoder decoder, int rate)
        {
            _reader = reader;
            _decoder = decoder;
            _unit = new byte[decoder.UnitBytes];
            Rate = rate;
            decoder.Begin(_unit, 0, 0);
        }

        public int Rate { get; }

        public bool IsGap
        {
            get { return false; }
        }

        public ReceiptReason Failure
        {
            get { return ReceiptReason.NoSound; }
        }

        public void SetVolume(int percent)
        {
            _decoder.SetVolume(percent);
        }

        public void Seek(long position)
        {
            _nextUnit = position / _decoder.UnitSamples;
            _decoder.Begin(_unit, 0, 0);
            int skip = (int)(position % _decoder.UnitSamples);
            byte[] scratch = new byte[skip * 2];
            while (skip > 0)
            {
                int skipped = Read(scratch, skip);
                if (skipped == 0)
                {
                    return;
                }

                skip -= skipped;
            }
        }

        public int Read(byte[] pcm, int samples)
        {
            int count = _decoder.Decode(pcm, samples);
            if (count > 0)
            {
                return count;
            }

            int bytes = _reader.Read(_nextUnit * _decoder.UnitBytes, _unit);
            _nextUnit++;
            _decoder.Begin(_unit, 0, bytes);
            return bytes == 0 ? 0 : _decoder.Decode(pcm, samples);
        }
    }
}
