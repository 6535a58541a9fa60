using System.Net;
using System.Net.Sockets;

namespace SmartRadio.Mqtt.Broker;

/// <summary>
/// Bounds the connections of one address, and far lower those of it that have not signed in. The 64 upper bits of an IPv6 address
/// are one: whoever has one has them all.
/// </summary>
internal sealed class AddressPlaces(EmbeddedBrokerOptions options)
{
    private readonly Dictionary<IPAddress, (int Open, int Strange)> _counts = [];

    /// <returns>The place, to be given back; null when its address has as many as it may.</returns>
    public Place? Take(EndPoint? from)
    {
        var address = from is IPEndPoint { Address: var given } ? Plain(given) : IPAddress.None;
        if (options.FreeNetworks.Any(network => network.Contains(address)))
        {
            return new Place(null, address);
        }

        address = address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]) : address;
        lock (_counts)
        {
            var (open, strange) = _counts.GetValueOrDefault(address);
            if (open >= options.MaxAddressConnections || strange >= options.MaxAddressStrangers)
            {
                return null;
            }

            _counts[address] = (open + 1, strange + 1);
        }

        return new Place(this, address);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private void Change(IPAddress address, int open, int strange)
    {
        lock (_counts)
        {
            var before = _counts.GetValueOrDefault(address);
            _counts[address] = (before.Open + open, before.Strange + strange);
            if (_counts[address].Open <= 0)
            {
                _counts.Remove(address);
            }
        }
    }

    /// <summary>A connection's place; a free one counts nowhere.</summary>
    internal sealed class Place(AddressPlaces? counts, IPAddress address) : IDisposable
    {
        private int _strange = -1;

        /// <summary>It is no stranger's any more.</summary>
        public void SignIn() => counts?.Change(address, 0, Interlocked.Exchange(ref _strange, 0));

        public void Dispose() => counts?.Change(address, -1, Interlocked.Exchange(ref _strange, 0));
    }
}
