namespace SmartRadio.Controller.Changes;

/// <summary>
/// What a person may do at an area and all below it. Roles give rights; see docs/decisions/0018-roles-on-areas.md.
/// </summary>
public enum Right
{
    /// <summary>Nodes, bulletins, broadcasts and their proof.</summary>
    See,

    /// <summary>Bulletins and schedules.</summary>
    Write,

    /// <summary>Approving bulletins, and airing them by hand.</summary>
    Approve,

    /// <summary>Chime and volume.</summary>
    Operate,

    /// <summary>Emergencies.</summary>
    Alert,

    /// <summary>People, keys, areas, nodes, device programs and the machine's clock.</summary>
    Administer,

    /// <summary>Silence: whoever holds any role may ask for it.</summary>
    Stop,

    /// <summary>One's own password, keys and sessions: every person, but no API key.</summary>
    Own,
}
