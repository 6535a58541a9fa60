namespace SmartRadio.Node.Sound.Vs1053
{
    /// <summary>
    /// The wires to a VS1053b decoder chip. A call may throw what the bus throws; the driver above it then reports a failed
    /// output.
    /// </summary>
    public interface IVs1053Wires
    {
        /// <summary>DREQ: high while the chip can take one command, or 32 bytes of data.</summary>
        bool IsReady { get; }

        /// <summary>XRST: low while held.</summary>
        void Reset(bool held);

        /// <summary>Four bytes to the command interface (XCS low) and the four that come back meanwhile.</summary>
        void Command(byte[] sent, byte[] received);

        /// <summary>Bytes to the data interface (XDCS low), at most 32.</summary>
        void Data(byte[] bytes, int offset, int count);
    }
}
