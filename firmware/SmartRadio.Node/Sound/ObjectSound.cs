using SmartRadio.Node.Objects;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Sound
{
    /// <summary>
    /// Plays a stored object. Each piece is checked against the manifest again as it is read, so worn storage gives silence, not
    /// noise.
    /// </summary>
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
            // Read and checked now: at the start there is time for decoding only. What fails is tried again when it is due.
            Next();
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

            return Next() ? _decoder.Decode(pcm, samples) : 0;
        }

        /// <summary>Puts the next unit before the decoder; false when there is none or the storage fails.</summary>
        private bool Next()
        {
            int bytes = _reader.Read(_nextUnit * _decoder.UnitBytes, _unit);
            _nextUnit += bytes == 0 ? 0 : 1;
            _decoder.Begin(_unit, 0, bytes);
            return bytes != 0;
        }
    }
}
