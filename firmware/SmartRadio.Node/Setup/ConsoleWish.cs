namespace SmartRadio.Node.Setup
{
    /// <summary>What the console asks of the host.</summary>
    public enum ConsoleWish
    {
        None,

        /// <summary>Play the chime.</summary>
        Chime,

        /// <summary>Start again.</summary>
        Restart,

        /// <summary>Erase everything and start again.</summary>
        Erase,
    }
}
