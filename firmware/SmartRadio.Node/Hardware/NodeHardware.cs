namespace SmartRadio.Node.Hardware
{
    /// <summary>All that the node's behaviour stands on.</summary>
    public sealed class NodeHardware
    {
        public ILink Link { get; set; }

        public ILocalClock Clock { get; set; }

        public IFiles Files { get; set; }

        public IAudioOutput Output { get; set; }

        public IBlockCipher Cipher { get; set; }

        public ISensors Sensors { get; set; }

        public IJitter Jitter { get; set; }

        /// <summary>Null where the loudspeaker line is not measured.</summary>
        public ILineSensor Line { get; set; }

        /// <summary>Null where a program cannot be replaced.</summary>
        public IRestart Restart { get; set; }

        /// <summary>What ended the program before this one, for the controller; empty when nothing did.</summary>
        public string LastFault { get; set; } = string.Empty;

        /// <summary>The heap is smaller than the node was measured for (<see cref="HeapCheck"/>): a fault.</summary>
        public bool LacksMemory { get; set; }

        public Intervals Intervals { get; set; } = new Intervals();
    }
}
