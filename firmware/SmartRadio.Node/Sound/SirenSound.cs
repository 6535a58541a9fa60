using SmartRadio.Protocol;

namespace SmartRadio.Node.Sound
{
    /// <summary>A tone that rises from 400 to 1,000 Hz and falls again every four seconds, for as long as it is played.</summary>
    public sealed class SirenSound : ISound
    {
        private const int Lowest = 400;
        private const int Span = 600;
        private const int HalfPeriodSamples = 16000;
        private const int StepSamples = 80;

        private readonly Tone _tone = new Tone(ChimeSound.ToneRate);
        private long _position;
        private int _gain;

        public int Rate
        {
            get { return ChimeSound.ToneRate; }
        }

        public bool IsGap
        {
            get { return false; }
        }

        public ReceiptReason Failure
        {
            get { return ReceiptReason.None; }
        }

        public void SetVolume(int percent)
        {
            _gain = Gain.Of(percent);
        }

        public void Seek(long position)
        {
            _position = position;
        }

        public int Read(byte[] pcm, int samples)
        {
            int within = (int)(_position % (2 * HalfPeriodSamples));
            int rise = within < HalfPeriodSamples ? within : (2 * HalfPeriodSamples) - within;
            int left = StepSamples - (within % StepSamples);
            int count = left < samples ? left : samples;
            _tone.Write(pcm, count, Lowest + (Span * rise / HalfPeriodSamples), _gain);
            _position += count;
            return count;
        }
    }
}
