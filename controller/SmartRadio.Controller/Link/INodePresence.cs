namespace SmartRadio.Controller.Link;

/// <summary>
/// What the link must know and tell of a node. Who keeps the states of nodes lies on a higher floor and answers.
/// </summary>
public interface INodePresence
{
    /// <summary>Highest counter accepted from the node.</summary>
    long UpCounterOf(string nodeId);

    /// <summary>An authentic message with this counter came.</summary>
    void Heard(string nodeId, long counter, DateTimeOffset at);

    /// <summary>The broker says that the node came or went.</summary>
    void Present(string nodeId, bool online, DateTimeOffset at);
}
