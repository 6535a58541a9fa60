using SmartRadio.Node.Hardware;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Sound.Vs1053
{
    /// <summary>
    /// A VS1053b, fed with 16-bit mono PCM behind a WAV header. It decodes MP3 as well, but only a node that makes the samples
    /// itself can say which sample leaves at which instant and how many were heard, and fold the volume in.
    /// </summary>
    public sealed class Vs1053Chip
    {
        /// <summary>µs that the chip may take to say that it is ready; after a reset it needs two thousand.</summary>
        private const long Patience = 100000;

        private const int HeaderLength = 44;

        /// <summary>Bytes of sound in the header, for sound without a known end: over eighteen hours at 16 kHz.</summary>
        private const long Endless = 0x7FFFFF00;

        private readonly IVs1053Wires _wires;
        private readonly ILocalClock _clock;
        private readonly byte[] _sent = new byte[4];
        private readonly byte[] _received = new byte[4];

        public Vs1053Chip(IVs1053Wires wires, ILocalClock clock)
        {
            _wires = wires;
            _clock = clock;
        }

        /// <summary>True while it takes another <see cref="Vs1053Registers.DataBurst"/> bytes.</summary>
        public bool IsReady
        {
            get { return _wires.IsReady; }
        }

        /// <summary>
        /// Resets the chip and has it expect mono PCM of this rate. False when it is not there or does not become ready.
        /// </summary>
        public bool Start(int rate)
        {
            _wires.Reset(true);
            _wires.Reset(false);
            if (!BecomesReady() || ((Read(Vs1053Registers.Status) >> 4) & 15) != Vs1053Registers.Version)
            {
                return false;
            }

            // Boards that leave GPIO 1 open come up as a MIDI synthesiser, unless it is driven low during a software reset.
            Write(Vs1053Registers.WramAddress, Vs1053Registers.GpioDirection);
            Write(Vs1053Registers.Wram, 3);
            Write(Vs1053Registers.WramAddress, Vs1053Registers.GpioOutput);
            Write(Vs1053Registers.Wram, 0);
            Write(Vs1053Registers.Mode, Vs1053Registers.ModeNative | Vs1053Registers.ModeReset);
            if (!BecomesReady())
            {
                return false;
            }

            Write(Vs1053Registers.ClockF, Vs1053Registers.Clock);
            if (!BecomesReady())
            {
                return false;
            }

            Write(Vs1053Registers.Volume, Vs1053Registers.FullVolume);
            return SendHeader(rate);
        }

        /// <summary>
        /// Sends sound, at most <see cref="Vs1053Registers.DataBurst"/> bytes; only while <see cref="IsReady"/>.
        /// </summary>
        public void Send(byte[] pcm, int offset, int count)
        {
            _wires.Data(pcm, offset, count);
        }

        /// <summary>Silent at once, and held in reset until the next start.</summary>
        public void Stop()
        {
            Write(Vs1053Registers.Volume, Vs1053Registers.Silence);
            _wires.Reset(true);
        }

        private bool SendHeader(int rate)
        {
            WireWriter header = new WireWriter(HeaderLength);
            Letters(header, "RIFF");
            header.U32(Endless + HeaderLength - 8);
            Letters(header, "WAVEfmt ");
            header.U32(16);
            header.U16(1);
            header.U16(1);
            header.U32(rate);
            header.U32(rate * 2);
            header.U16(2);
            header.U16(16);
            Letters(header, "data");
            header.U32(Endless);
            byte[] bytes = header.ToArray();
            for (int sent = 0; sent < bytes.Length; sent += Vs1053Registers.DataBurst)
            {
                if (!BecomesReady())
                {
                    return false;
                }

                int rest = bytes.Length - sent;
                _wires.Data(bytes, sent, rest < Vs1053Registers.DataBurst ? rest : Vs1053Registers.DataBurst);
            }

            return true;
        }

        private static void Letters(WireWriter writer, string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                writer.U8(text[i]);
            }
        }

        private bool BecomesReady()
        {
            long until = _clock.Microseconds + Patience;
            while (!_wires.IsReady)
            {
                if (_clock.Microseconds > until)
                {
                    return false;
                }
            }

            return true;
        }

        private void Write(byte register, int value)
        {
            Instruct(Vs1053Registers.WriteOpcode, register, value);
        }

        private int Read(byte register)
        {
            Instruct(Vs1053Registers.ReadOpcode, register, 0);
            return (_received[2] << 8) | _received[3];
        }

        private void Instruct(byte opcode, byte register, int value)
        {
            // A command given while DREQ is low would be lost; one that never gets through shows at the next wait for sound.
            BecomesReady();
            _sent[0] = opcode;
            _sent[1] = register;
            _sent[2] = (byte)(value >> 8);
            _sent[3] = (byte)value;
            _wires.Command(_sent, _received);
        }
    }
}
