using System.Threading;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>
    /// A look-up and a handshake stop every thread, for as long as the other side likes. So the thread that connects waits here
    /// until the node's thread says that nothing sounds and nothing starts soon.
    /// </summary>
    public sealed class ConnectingLeave
    {
        /// <summary>Milliseconds between looks.</summary>
        private const int Look = 100;

        private readonly object _gate = new object();
        private bool _isAsked;
        private bool _isGiven;
        private bool _isBrief;

        /// <summary>An attempt waits.</summary>
        public bool IsAsked
        {
            get
            {
                lock (_gate)
                {
                    return _isAsked;
                }
            }
        }

        /// <summary>Waits for leave.</summary>
        /// <param name="isBrief">The attempt has no name to look up.</param>
        public void Await(bool isBrief)
        {
            lock (_gate)
            {
                _isAsked = true;
                _isGiven = false;
                _isBrief = isBrief;
            }

            while (IsAsked)
            {
                Thread.Sleep(Look);
                lock (_gate)
                {
                    // What was given is taken at once: it holds for the moment only.
                    _isAsked = !_isGiven;
                }
            }
        }

        /// <summary>Says whether the attempt that waits may begin now.</summary>
        /// <param name="any">Whatever it takes.</param>
        /// <param name="brief">If it has no name to look up.</param>
        public void Give(bool any, bool brief)
        {
            lock (_gate)
            {
                _isGiven = any || (brief && _isBrief);
            }
        }
    }
}
