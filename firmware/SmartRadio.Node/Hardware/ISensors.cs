namespace SmartRadio.Node.Hardware
{
    /// <summary>What the node can measure about itself, in the units of the heartbeat.</summary>
    public interface ISensors
    {
        /// <summary>dBm, −255 to 0; 0 = wired or unknown.</summary>
        int Signal { get; }

        /// <summary>Tenths of a degree Celsius.</summary>
        int Temperature { get; }

        /// <summary>Supply in mV; 0 = not measured.</summary>
        int Supply { get; }
    }
}
