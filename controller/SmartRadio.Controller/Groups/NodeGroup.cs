namespace SmartRadio.Controller.Groups;

/// <summary>Nodes of an area under one name, such as its schools. They are chosen together for an audience.</summary>
public sealed class NodeGroup
{
    public long Id { get; set; }

    /// <summary>The area whose group it is; all its nodes lie there or below.</summary>
    public long AreaId { get; set; }

    public required string Name { get; set; }

    /// <summary>Ids of its nodes; those that were revoked since do not count.</summary>
    public IReadOnlyList<string> Nodes { get; set; } = [];

    /// <summary>A mark of its name and nodes, see <see cref="ShownMark"/>.</summary>
    public string Mark => ShownMark.Of(Name, Nodes);

    /// <summary>When it was removed. Its row stays: what was aired for it names it.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}
