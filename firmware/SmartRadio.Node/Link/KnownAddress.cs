namespace SmartRadio.Node.Link
{
    /// <summary>
    /// When the broker's name is looked up. The address that last worked is kept: a look-up stops every thread for as long as a
    /// name server keeps silent, and a dead one must not keep a node away from a broker that it knows.
    /// </summary>
    public sealed class KnownAddress
    {
        /// <summary>The name is looked up once in so many attempts that failed: the broker may have moved.</summary>
        private const int LookUpEvery = 3;

        private int _failures;

        /// <summary>An address that once led to the broker is there.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>Whether the next attempt is to look the name up.</summary>
        public bool MustLookUp
        {
            get { return !IsKnown || (_failures > 0 && _failures % LookUpEvery == 0); }
        }

        public void Connected()
        {
            IsKnown = true;
            _failures = 0;
        }

        /// <summary>The attempt, or the look-up before it, led to nothing.</summary>
        public void Failed()
        {
            _failures++;
        }
    }
}
