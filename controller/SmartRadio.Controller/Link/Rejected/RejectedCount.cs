namespace SmartRadio.Controller.Link.Rejected;

/// <summary>Who rejected it.</summary>
public enum RejectedBy : byte
{
    /// <summary>The broker would not let the node, or somebody in its name, do something.</summary>
    Broker = 1,

    /// <summary>The controller threw away a message that claimed to be the node's.</summary>
    Controller = 2,

    /// <summary>The node rejected what reached it, as it reports.</summary>
    Node = 3,
}

/// <summary>Why a message or an operation was rejected. Values are stored.</summary>
public enum RejectedReason : byte
{
    /// <summary>A sign-in with a wrong password.</summary>
    Connect = 1,

    /// <summary>A message on a topic that is not the node's.</summary>
    Publish = 2,

    /// <summary>A subscription to what is not the node's.</summary>
    Subscribe = 3,

    /// <summary>Bytes that are no message of the protocol.</summary>
    Malformed = 10,

    /// <summary>A wrong MAC.</summary>
    Unauthenticated = 11,

    /// <summary>A message in the name of another node.</summary>
    WrongNode = 12,

    /// <summary>A counter that was used before.</summary>
    Replayed = 13,

    Expired = 14,

    /// <summary>The node was revoked.</summary>
    Revoked = 15,

    /// <summary>There is no such node.</summary>
    Stranger = 16,

    /// <summary>The node does not know the time yet.</summary>
    ClockNotSet = 20,

    StorageFull = 21,
    UnknownCodec = 22,

    /// <summary>Quiet hours, the daily limit, or another broadcast on air.</summary>
    NotNow = 23,

    Other = 24,

    /// <summary>
    /// All that the node counted; the reasons it reports are a part of them, for it must not spend its flash on a stranger's
    /// messages.
    /// </summary>
    InAll = 25,
}

/// <summary>How often one thing was rejected. A new rejection makes a new value.</summary>
public sealed record RejectedCount
{
    /// <summary>The node, or <see cref="RejectedLedger.Strangers"/>.</summary>
    public required string NodeId { get; init; }

    public required RejectedBy By { get; init; }

    public required RejectedReason Reason { get; init; }

    public long Count { get; init; }

    public DateTimeOffset Last { get; init; }
}
