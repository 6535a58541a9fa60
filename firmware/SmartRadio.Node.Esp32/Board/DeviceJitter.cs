using System;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    public sealed class DeviceJitter : IJitter
    {
        private readonly Random _random = new Random();

        public int Next(int bound)
        {
            return _random.Next(bound);
        }
    }
}
