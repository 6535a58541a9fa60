using System;

namespace SmartRadio.Node.Sound
{
    /// <summary>A sine from a table, its pitch in hertz and its level set for a stretch of samples at a time.</summary>
    public sealed class Tone
    {
        /// <summary>Peak of a sample: −6 dB of full scale, so that no amplifier clips.</summary>
        private const int Peak = 16384;

        private const int TableBits = 8;
        private const int PhaseBits = 24;

        // One table for all tones, made for the first: no static constructor may run where the program is loaded.
        private static short[] _table;

        private readonly short[] _sine;
        private readonly int _rate;
        private int _phase;

        public Tone(int rate)
        {
            if (_table == null)
            {
                _table = MakeSine();
            }

            _sine = _table;
            _rate = rate;
        }

        /// <summary>Writes samples at the start of <paramref name="pcm"/>.</summary>
        /// <param name="pcm">Little-endian 16-bit samples.</param>
        /// <param name="samples">How many.</param>
        /// <param name="hertz">Pitch.</param>
        /// <param name="level">0 to 256.</param>
        public void Write(byte[] pcm, int samples, int hertz, int level)
        {
            int step = (int)(((long)hertz << PhaseBits) / _rate);
            int phase = _phase;
            for (int write = 0; write < samples * 2; write += 2)
            {
                int sample = (_sine[phase >> (PhaseBits - TableBits)] * level) >> 8;
                pcm[write] = (byte)sample;
                pcm[write + 1] = (byte)(sample >> 8);
                phase = (phase + step) & ((1 << PhaseBits) - 1);
            }

            _phase = phase;
        }

        private static short[] MakeSine()
        {
            short[] table = new short[1 << TableBits];
            for (int i = 0; i < table.Length; i++)
            {
                table[i] = (short)(Peak * Math.Sin(i * 2 * Math.PI / table.Length));
            }

            return table;
        }
    }
}
