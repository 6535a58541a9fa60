namespace SmartRadio.Node.Hardware
{
    /// <summary>Starts the whole program again, by way of its loader.</summary>
    public interface IRestart
    {
        /// <summary>Asks for it; it may happen after the call has returned.</summary>
        void Restart();
    }
}
