namespace SmartRadio.Node.Setup
{
    /// <summary>What a reset takes away. Each step throws when the medium fails, and may be done again.</summary>
    public interface IErasable
    {
        /// <summary>Outlives a power cut and everything that is erased; null when there is none.</summary>
        byte[] Mark { get; set; }

        /// <summary>Settings, with identity and secret.</summary>
        void EraseSettings();

        /// <summary>What the firmware keeps of the network.</summary>
        void EraseNetwork();

        /// <summary>Plans, sound, receipts.</summary>
        void EraseFiles();
    }
}
