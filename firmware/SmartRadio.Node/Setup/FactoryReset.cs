using System;

namespace SmartRadio.Node.Setup
{
    /// <summary>What the button at power-up asks of the host.</summary>
    public enum ResetStep
    {
        /// <summary>Look again soon.</summary>
        Look,

        /// <summary>Nothing more until the next power-up.</summary>
        Over,

        /// <summary>Call <see cref="FactoryReset.Erase"/>.</summary>
        Erase,

        /// <summary>Delete the mark of the last reset: the button was let go.</summary>
        Rearm,
    }

    /// <summary>
    /// A button held for ten seconds from power-up on erases the device. One that is stuck down must not do so again and again:
    /// after a reset a mark stays, and while it is there the button does nothing until it was once seen up. An erasing that was
    /// cut short left the other mark: the next start finishes it whatever the button says, so that nobody comes back who was half
    /// erased.
    /// </summary>
    public sealed class FactoryReset
    {
        /// <summary>µs.</summary>
        private const long Hold = 10000000;

        private readonly bool _isErasing;
        private readonly bool _isDone;
        private readonly long _since;

        /// <param name="mark">What an earlier reset left as its mark; null when there is none.</param>
        /// <param name="now">µs of the node's own clock at power-up.</param>
        public FactoryReset(byte[] mark, long now)
        {
            _isDone = mark != null && mark.Length == 1 && mark[0] == Done[0];
            _isErasing = mark != null && !_isDone;
            _since = now;
        }

        /// <summary>The mark from before anything is erased. One that was torn while it was written counts as this.</summary>
        public static byte[] Erasing
        {
            get { return new byte[] { 1 }; }
        }

        /// <summary>The mark from when everything is.</summary>
        public static byte[] Done
        {
            get { return new byte[] { 0 }; }
        }

        /// <summary>
        /// Erases a device between the two marks; who it was goes first. False when the medium fails: the next start goes on.
        /// </summary>
        public static bool Erase(IErasable device)
        {
            try
            {
                device.Mark = Erasing;
                device.EraseSettings();
                device.EraseNetwork();
                device.EraseFiles();
                device.Mark = Done;
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Tells how the button stands; until the answer is another than <see cref="ResetStep.Look"/>.</summary>
        public ResetStep Look(bool isDown, long now)
        {
            if (_isErasing)
            {
                return ResetStep.Erase;
            }

            if (_isDone)
            {
                return isDown ? ResetStep.Over : ResetStep.Rearm;
            }

            if (!isDown)
            {
                return ResetStep.Over;
            }

            return now - _since >= Hold ? ResetStep.Erase : ResetStep.Look;
        }
    }
}
