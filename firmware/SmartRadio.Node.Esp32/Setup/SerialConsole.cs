using System;
using System.IO.Ports;
using System.Text;
using nanoFramework.Hardware.Esp32;
using SmartRadio.Node.Esp32.Board;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>Where an installer types: COM2, 115,200 baud, 8N1. Looked at by the main loop; nothing here waits.</summary>
    public sealed class SerialConsole
    {
        private const int Baud = 115200;
        private const int MostAtOnce = 64;

        /// <summary>Bytes the driver keeps until the next look: a certificate is pasted faster than the loop turns.</summary>
        private const int Waiting = 4096;

        private readonly SerialPort _port;
        private readonly byte[] _read = new byte[MostAtOnce];
        private int _count;
        private int _next;

        public SerialConsole()
        {
            Configuration.SetPinFunction(Pins.ConsoleOut, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(Pins.ConsoleIn, DeviceFunction.COM2_RX);
            _port = new SerialPort("COM2", Baud);
            _port.ReadBufferSize = Waiting;
            _port.Open();
        }

        /// <summary>The next byte that was typed, or −1.</summary>
        public int Read()
        {
            try
            {
                if (_next == _count)
                {
                    int waiting = _port.BytesToRead;
                    _next = 0;
                    _count = 0;
                    _count = waiting == 0 ? 0 : _port.Read(_read, 0, waiting < MostAtOnce ? waiting : MostAtOnce);
                }
            }
            catch (Exception)
            {
                // A console that fails must not stop a node that plays.
            }

            if (_next == _count)
            {
                return -1;
            }

            _next++;
            return _read[_next - 1];
        }

        public void Say(string sentence)
        {
            try
            {
                byte[] bytes = Encoding.UTF8.GetBytes(sentence + "\r\n");
                _port.Write(bytes, 0, bytes.Length);
            }
            catch (Exception)
            {
                // As above.
            }
        }
    }
}
