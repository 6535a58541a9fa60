namespace SmartRadio.Architecture.Tests.Floors;

/// <summary>The floor plans of docs/architecture.md.</summary>
internal static class Houses
{
    public static House Node { get; } = new(
        "SmartRadio.Node",
        ["Hardware"],
        ["Storage"],
        ["Clock"],
        ["Link"],
        ["Objects"],
        ["Sound"],
        ["Streams"],
        ["Playback"],
        ["Plans", "Updates"],
        ["Reports"],
        ["Setup"]);

    public static House Controller { get; } = new(
        "SmartRadio.Controller",
        ["Storage"],
        ["Changes", "Objects"],
        ["People", "Areas", "Clock"],
        ["Lexicon", "Templates", "Drafts"],
        ["Bulletins"],
        ["Programmes"],
        ["Access", "Link"],
        ["Nodes"],
        ["Groups"],
        ["Broadcasts", "Releases"],
        ["Complaints", "Delivery", "Schedules"]);

    public static House Web { get; } = new(
        "SmartRadio.Web",
        ["Text"],
        ["Errors"],
        ["Streaming", "Tls"],
        ["Shared"],
        ["Mail", "SignIn"],
        ["Accounts", "Areas", "Audit", "Broadcasts", "Bulletins", "Clock", "Keys", "Lexicon", "Nodes", "People", "Programmes",
            "Releases", "Metrics", "Templates", "Drafts", "Groups"],
        ["Complaints", "Schedules"],
        ["Home", "Demo"],
        ["Hosting"]);
}
