using System.Threading;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Sound;

namespace SmartRadio.Node.Esp32.Sound
{
    /// <summary>
    /// Plays the chime through an output and nothing else: for whoever has just wired one. Not while a node uses the output.
    /// </summary>
    public static class SoundSample
    {
        private const int Slice = ChimeSound.ToneRate / 50;
        private const int Volume = 60;

        /// <summary>Milliseconds from switching the amplifier on to its being awake.</summary>
        private const int AmplifierLead = 300;

        /// <summary>False when the hardware fails.</summary>
        public static bool Play(IAudioOutput output)
        {
            if (!output.Open(ChimeSound.ToneRate, false))
            {
                return false;
            }

            Thread.Sleep(AmplifierLead);
            ChimeSound chime = new ChimeSound();
            chime.SetVolume(Volume);
            byte[] pcm = new byte[Slice * 2];
            bool works = true;
            for (int left = ChimeSound.Samples; works && left > 0;)
            {
                while (output.Queued > Slice * 10)
                {
                    Thread.Sleep(10);
                }

                int count = chime.Read(pcm, left < Slice ? left : Slice);
                works = count > 0 && output.Write(pcm, count);
                left -= count;
            }

            works = works && output.WriteSilence(RingPace.Descriptor);
            while (works && output.Queued > 0)
            {
                Thread.Sleep(10);
            }

            output.Close();
            return works;
        }
    }
}
