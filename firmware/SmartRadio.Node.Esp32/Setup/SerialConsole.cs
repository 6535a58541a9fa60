using System;
using System.IO.Ports;
using System.Text;
using nanoFramework.Hardware.Esp32;
using SmartRadio.Node.Esp32.Board;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>
    /// Where an installer types: COM2, 115,200 baud, 8N1. Looked at by the main loop: reading never waits, saying may for as long
    /// as the line takes.
    /// </summary>
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
            try
            {
                Configuration.SetPinFunction(Pins.ConsoleOut, DeviceFunction.COM2_TX);
                Configuration.SetPinFunction(Pins.ConsoleIn, DeviceFunction.COM2_RX);
                SerialPort port = new SerialPort("COM2", Baud);
                port.ReadBufferSize = Waiting;
                port.Open();
                _port = port;
            }
            catch (Exception)
            {
                // A console that fails must not stop a node that plays: there is none then.
            }
        }

        /// <summary>The next byte that was typed, or −1.</summary>
        public int Read()
        {
            if (_port == null)
            {
                return -1;
            }

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
                // As above.
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
            if (_port == null)
            {
                return;
            }

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
