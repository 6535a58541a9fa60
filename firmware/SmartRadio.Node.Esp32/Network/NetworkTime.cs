using System;
using System.Threading;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>
    /// The device's clock as TLS sees it when it checks a certificate's dates. The firmware image asks a time server by itself
    /// once there is an address; nobody vouches for what that says.
    /// </summary>
    public static class NetworkTime
    {
        /// <summary>A clock before it was never set: without power the device starts at 1970.</summary>
        private const int FirstYear = 2024;
        private const int Look = 200;

        /// <summary>
        /// Waits for the time, but not for ever: a network may have no time server, and the controller's own certificate needs
        /// none.
        /// </summary>
        public static void Await(int timeoutMilliseconds)
        {
            for (int waited = 0; DateTime.UtcNow.Year < FirstYear && waited < timeoutMilliseconds; waited += Look)
            {
                Thread.Sleep(Look);
            }
        }
    }
}
