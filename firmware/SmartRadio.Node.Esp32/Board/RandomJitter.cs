using System;

namespace SmartRadio.Node.Esp32.Board
{
    public sealed class RandomJitter : IJitter
    {
        private readonly Random _random = new Random();

        public int Next(int bound)
        {
            return _random.Next(bound);
        }
    }
}
