using System.ComponentModel;
using SmartRadio.Controller.Link.Rejected;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Nodes;

public sealed record RejectedAnswer(
    [property: Description("Who rejected it.")] RejectedBy By,
    [property: Description(
        "\"inAll\" counts all that the node rejected; its other reasons are a part of that.")] RejectedReason Reason,
    long Count,
    DateTimeOffset Last);

public sealed record NodeAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required long AreaId { get; init; }

    public required string AreaName { get; init; }

    [Description("As set, percent.")]
    public required int Volume { get; init; }

    [Description("How much of it by time of day; none = as in the area.")]
    public required IReadOnlyList<VolumeStepBody> DayVolume { get; init; }

    public required bool Online { get; init; }

    public required DateTimeOffset? LastSeen { get; init; }

    [Description("The broadcast on air, or null.")]
    public required long? OnAir { get; init; }

    [Description("As the node reports, percent.")]
    public required int ReportedVolume { get; init; }

    [Description("dBm; 0 = wired or unknown.")]
    public required int Signal { get; init; }

    [Description("KiB.")]
    public required long StorageFree { get; init; }

    [Description("KiB.")]
    public required long StorageSize { get; init; }

    public required string Firmware { get; init; }

    public required string Hardware { get; init; }

    public required double ClockOffsetMilliseconds { get; init; }

    [Description("Degrees Celsius.")]
    public required double Temperature { get; init; }

    [Description("Millivolts; 0 = not measured.")]
    public required int Supply { get; init; }

    [Description(
        "What the node measures on its loudspeaker line while it plays: \"silent\" = it plays and nothing arrives, \"open\" = no loudspeaker on the line.")]
    public required LineState Line { get; init; }

    [Description("RMS at the node's line sensor, in mV.")]
    public required int LineLevel { get; init; }

    [Description("How far the node is with an update of its program.")]
    public required UpdateState Update { get; init; }

    [Description("The version that \"update\" is about, or empty.")]
    public required string UpdateVersion { get; init; }

    [Description("Type and place of the exception that last ended the node's program, or empty. Known while it is on-line.")]
    public required string LastFault { get; init; }

    [Description("Number of the plan it holds.")]
    public required long PlanHeld { get; init; }

    [Description("Number of the newest plan made for it.")]
    public required long PlanNewest { get; init; }

    [Description("What was rejected of the node or by it, ever.")]
    public required IReadOnlyList<RejectedAnswer> Rejections { get; init; }

    public required bool LowData { get; init; }

    [Description("Bytes sent to the node this month: topics and payloads of commands, chunks and streams.")]
    public required long DataUsed { get; init; }

    [Description(
        "Bytes a month, or null when there is no limit. Beyond it sounds ahead of time come by night and in the smallest codec.")]
    public required long? DataBudget { get; init; }

    [Description("Since when a new secret waits for the node to use it, or null.")]
    public required DateTimeOffset? RotatingSince { get; init; }

    public required DateTimeOffset? RevokedAt { get; init; }

    internal static NodeAnswer Of(NodeRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        AreaId = row.AreaId,
        AreaName = row.AreaName,
        Volume = row.Volume,
        DayVolume = VolumeStepBody.Of(row.DayVolume),
        Online = row.Status.Online,
        LastSeen = row.Status.LastSeen,
        OnAir = row.Status.OnAir,
        ReportedVolume = row.Status.Volume,
        Signal = row.Status.Signal,
        StorageFree = row.Status.StorageFree,
        StorageSize = row.Status.StorageSize,
        Firmware = row.Status.Firmware,
        Hardware = row.Status.Hardware,
        ClockOffsetMilliseconds = row.Status.ClockOffset.TotalMilliseconds,
        Temperature = row.Status.Temperature,
        Supply = row.Status.Supply,
        Line = row.Status.Line,
        LineLevel = row.Status.LineLevel,
        Update = row.Status.Update,
        UpdateVersion = row.Status.UpdateVersion,
        LastFault = row.Status.LastFault,
        PlanHeld = row.Status.PlanNumber,
        PlanNewest = row.PlanNumber,
        Rejections = [.. row.Rejections.Select(
            rejected => new RejectedAnswer(rejected.By, rejected.Reason, rejected.Count, rejected.Last))],
        LowData = row.LowData,
        DataUsed = row.DataUsed,
        DataBudget = row.DataBudget,
        RotatingSince = row.RotatingSince,
        RevokedAt = row.RevokedAt,
    };
}
