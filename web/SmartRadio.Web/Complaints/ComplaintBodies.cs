using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Complaints;
using SmartRadio.Protocol;

namespace SmartRadio.Web.Complaints;

/// <summary>What a resident said of a node.</summary>
public sealed record ComplaintBody
{
    [Description("A node in service.")]
    public required string NodeId { get; init; }

    [Description("When it was heard, or not heard; within the last 366 days.")]
    public required DateTimeOffset HeardAt { get; init; }

    public required ComplaintKind Kind { get; init; }

    [Description("At most 1000 characters; only \"other\" needs any.")]
    public string? Words { get; init; }

    [Description("Personal: removed 90 days after closing.")]
    public string? CallerName { get; init; }

    [Description("Personal: removed 90 days after closing.")]
    public string? CallerPhone { get; init; }

    internal NoteComplaintRequest ToRequest() => new(NodeId, HeardAt, Kind, Words, CallerName, CallerPhone);
}

public sealed record ComplaintAnswerBody(
    [property: Description("At most 2000 characters. It stays in the audit log.")] string Text,
    [property: Description("\"answeredAt\" of the answer that the caller has read; absent = there was none.")]
    DateTimeOffset? AnsweredAt = null);

public sealed record ComplaintFormBody(
    [property: Description("It holds for all areas below that say nothing of their own.")] bool Open);

public sealed record ComplaintAddressAnswer(
    string NodeId,
    [property: Description("Path of the public page; null = none was made yet.")] string? Path,
    [property: Description("Whether the public page takes complaints now.")] bool Open);

/// <summary>Which complaints a list holds.</summary>
public sealed class ComplaintListQuery
{
    [FromQuery(Name = "state")]
    public ComplaintState? State { get; init; }

    [FromQuery(Name = "area")]
    [Description("Only of nodes in this area and below it.")]
    public long? Area { get; init; }

    [FromQuery(Name = "node")]
    [Description("Only of this node.")]
    public string? Node { get; init; }

    [FromQuery(Name = "words")]
    [Description("Only those whose words hold all of these, whatever their marks and case; or with this number.")]
    public string? Words { get; init; }
}

public sealed record ComplaintAnswer
{
    internal ComplaintAnswer(ComplaintRow row, IReadOnlyList<AiredAtNode> aired, Grants grants, string? reader)
    {
        var complaint = row.Complaint;
        (Id, NodeId, AreaId, Kind, HeardAt) =
            (complaint.Id, complaint.NodeId, complaint.AreaId, complaint.Kind, complaint.HeardAt);
        (Words, State, CreatedAt, Author) = (complaint.Words, complaint.State, complaint.CreatedAt, row.Author);
        (Answer, AnsweredAt, ClosedAt) = (complaint.Answer, complaint.AnsweredAt, complaint.ClosedAt);
        if (MaySeeCaller(complaint, grants, reader))
        {
            (CallerName, CallerPhone) = (complaint.CallerName, complaint.CallerPhone);
        }

        Aired = [.. aired.Select(each => new AiredAnswer(
            each.BroadcastId, each.Title, each.Class, each.Start, each.Progress, each.StartedAt, each.EndedAt))];
    }

    public long Id { get; }

    public string NodeId { get; }

    public long AreaId { get; }

    public ComplaintKind Kind { get; }

    public DateTimeOffset HeardAt { get; }

    public string Words { get; }

    [Description("For those who may answer it, and for who noted it.")]
    public string? CallerName { get; }

    [Description("For those who may answer it, and for who noted it.")]
    public string? CallerPhone { get; }

    public ComplaintState State { get; }

    [Description("Who noted it; null = it came by the public form.")]
    public string? Author { get; }

    public DateTimeOffset CreatedAt { get; }

    public string? Answer { get; }

    public DateTimeOffset? AnsweredAt { get; }

    public DateTimeOffset? ClosedAt { get; }

    [Description("What the node had to play half an hour before and after, as its receipts say; empty in lists.")]
    public IReadOnlyList<AiredAnswer> Aired { get; }

    /// <summary>Whoever may answer it needs to know whom, and whoever wrote it down knows.</summary>
    internal static bool MaySeeCaller(Complaint complaint, Grants grants, string? reader) =>
        ComplaintRights.May(grants, ComplaintRights.ToAnswer, complaint.AreaId)
        || (reader is not null && complaint.CreatedById == reader);
}

public sealed record AiredAnswer(
    long BroadcastId, string Title, BroadcastClass Class, DateTimeOffset Start, BroadcastProgress Progress,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);
