using SmartRadio.Node.Esp32.Settings;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>Chooses the way.</summary>
    public static class Networks
    {
        public static INetwork For(NodeSettings settings)
        {
            return settings.HasCable ? (INetwork)new EthernetNetwork() : new WifiNetwork(settings);
        }
    }
}
