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

        private readonly SerialPort _port;
        private readonly LineReader _lines = new LineReader();
        private readonly byte[] _read = new byte[MostAtOnce];
        private int _count;
        private int _next;

        public SerialConsole()
        {
            Configuration.SetPinFunction(Pins.ConsoleOut, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(Pins.ConsoleIn, DeviceFunction.COM2_RX);
            _port = new SerialPort("COM2", Baud);
            _port.Open();
        }

        /// <summary>The next line that was typed, or null.</summary>
        public string Read()
        {
            try
            {
                while (true)
                {
                    while (_next < _count)
                    {
                        string line = _lines.Take(_read[_next]);
                        _next++;
                        if (line != null)
                        {
                            return line;
                        }
                    }

                    int waiting = _port.BytesToRead;
                    if (waiting == 0)
                    {
                        return null;
                    }

                    _count = _port.Read(_read, 0, waiting < MostAtOnce ? waiting : MostAtOnce);
                    _next = 0;
                }
            }
            catch (Exception)
            {
                // A console that fails must not stop a node that plays.
                return null;
            }
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
