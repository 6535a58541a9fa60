namespace SmartRadio.Node
{
    /// <summary>What the button at power-up asks of the host.</summary>
    public enum ResetStep
    {
        /// <summary>Look again soon.</summary>
        Look,

        /// <summary>Nothing more until the next power-up.</summary>
        Over,

        /// <summary>Write the mark of a reset, erase everything, start again.</summary>
        Erase,

        /// <summary>Delete the mark of the last reset: the button was let go.</summary>
        Rearm,
    }

    /// <summary>
    /// A button held for ten seconds from power-up on erases the device. One that is stuck down must not do so again and again:
    /// after a reset a mark stays, and while it is there the button does nothing until it was once seen up.
    /// </summary>
    public sealed class FactoryReset
    {
        /// <summary>µs.</summary>
        private const long Hold = 10000000;

        private readonly bool _isMarked;
        private readonly long _since;

        /// <param name="isMarked">The mark of an earlier reset is there.</param>
        /// <param name="now">µs of the node's own clock at power-up.</param>
        public FactoryReset(bool isMarked, long now)
        {
            _isMarked = isMarked;
            _since = now;
        }

        /// <summary>Tells how the button stands; until the answer is another than <see cref="ResetStep.Look"/>.</summary>
        public ResetStep Look(bool isDown, long now)
        {
            if (_isMarked)
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
