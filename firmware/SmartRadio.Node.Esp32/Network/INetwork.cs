namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>The way to an IP address: Wi-Fi or a cable, and a 4G router behind either.</summary>
    public interface INetwork
    {
        /// <summary>
        /// Connects unless connected; waits so long for an address and then returns false. Where the radio has to be told its
        /// network that takes some twenty seconds more, which nothing cuts short.
        /// </summary>
        bool Connect(int timeoutMilliseconds);
    }
}
