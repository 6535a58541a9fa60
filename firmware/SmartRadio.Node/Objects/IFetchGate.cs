namespace SmartRadio.Node.Objects
{
    /// <summary>Says when chunks may be asked for and written: storage holds the thread that plays.</summary>
    public interface IFetchGate
    {
        /// <summary>Whether they may now.</summary>
        bool MayFetch { get; }
    }
}
