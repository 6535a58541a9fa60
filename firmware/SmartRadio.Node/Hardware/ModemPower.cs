namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// Switches a 4G modem or router off and on when the broker was out of reach for long: most of them hang sooner or later, and
    /// somebody would have to climb the pole. Not more than once in two hours, for the line itself may be what is down.
    /// </summary>
    public sealed class ModemPower
    {
        /// <summary>µs without a connection after which it is tried.</summary>
        private const long Patience = 900000000;

        /// <summary>µs between two tries.</summary>
        private const long Rest = 7200000000;

        /// <summary>µs that it stays off.</summary>
        private const long Off = 15000000;

        private long _goodAt;
        private long _offAt;
        private bool _wasTried;

        /// <param name="now">µs of the node's own clock.</param>
        public ModemPower(long now)
        {
            _goodAt = now;
        }

        /// <summary>Whether the modem is to have power now.</summary>
        public bool IsOn(bool isConnected, long now)
        {
            if (_wasTried && now - _offAt < Off)
            {
                return false;
            }

            if (isConnected)
            {
                _goodAt = now;
            }
            else if (now - _goodAt > Patience && (!_wasTried || now - _offAt > Rest))
            {
                _wasTried = true;
                _offAt = now;
                return false;
            }

            return true;
        }
    }
}
