namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>The way to an IP address: Wi-Fi or a cable, and a 4G router behind either.</summary>
    public interface INetwork
    {
        /// <summary>Connects unless connected; gives up after the time and then returns false.</summary>
        bool Connect(int timeoutMilliseconds);
    }
}
