namespace SmartRadio.Controller.Nodes;

/// <summary>Why something about nodes was refused.</summary>
[RefusalCodes]
public static class NodeRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownNode = nameof(UnknownNode);

    /// <summary>With the most nodes.</summary>
    public const string TooManyNodes = nameof(TooManyNodes);

    /// <summary>With the most nodes, those that were revoked counted.</summary>
    public const string TooManyNodesEver = nameof(TooManyNodesEver);

    public const string VolumeOutOfRange = nameof(VolumeOutOfRange);

    public const string DataBudgetOutOfRange = nameof(DataBudgetOutOfRange);

    [Refusal(RefusalKind.Conflict)]
    public const string NodeOffline = nameof(NodeOffline);

    [Refusal(RefusalKind.Conflict)]
    public const string NodeRevoked = nameof(NodeRevoked);

    [Refusal(RefusalKind.Conflict)]
    public const string NodeHasDevice = nameof(NodeHasDevice);
}
