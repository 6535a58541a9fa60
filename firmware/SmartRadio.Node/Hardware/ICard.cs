namespace SmartRadio.Node.Hardware
{
    /// <summary>A memory card that must be mounted before its drive is there.</summary>
    public interface ICard
    {
        /// <summary>Tries once; false when the card does not answer. Never throws.</summary>
        bool Mount();

        /// <summary>Waits a moment, for a card that has just got its power.</summary>
        void Rest();
    }
}
