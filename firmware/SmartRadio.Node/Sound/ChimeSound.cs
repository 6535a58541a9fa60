using SmartRadio.Protocol;

namespace SmartRadio.Node.Sound
{
    /// <summary>Three falling tones that fade, G5 E5 C5, half a second each.</summary>
    public sealed class ChimeSound : ISound
    {
        /// <summary>Samples of the chime at <see cref="ToneRate"/>.</summary>
        public const int Samples = 12000;

        /// <summary>Every output plays 8 kHz.</summary>
        public const int ToneRate = 8000;

        private const int NoteSamples = 4000;
        private const int StepSamples = 80;

        private readonly short[] _pitches = { 784, 659, 523 };

        private readonly Tone _tone = new Tone(ToneRate);
        private long _position;
        private int _gain;

        public int Rate
        {
            get { return ToneRate; }
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
            int note = (int)(_position % Samples);
            int within = note % NoteSamples;
            int left = StepSamples - (within % StepSamples);
            int count = left < samples ? left : samples;
            int fade = NoteSamples - within;
            _tone.Write(pcm, count, _pitches[note / NoteSamples], _gain * fade / NoteSamples);
            _position += count;
            return count;
        }
    }
}
