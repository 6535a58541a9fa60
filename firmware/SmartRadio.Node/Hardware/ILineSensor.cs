namespace SmartRadio.Node.Hardware
{
    /// <summary>The converter behind the loudspeaker line (after divider and bias; README of the board).</summary>
    public interface ILineSensor
    {
        /// <summary>The voltage at this moment in mV, bias included.</summary>
        int Millivolts { get; }

        /// <summary>RMS in mV that a sound of full-scale RMS gives at the sensor when all is well; above 0.</summary>
        int FullScale { get; }
    }
}
