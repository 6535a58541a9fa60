namespace SmartRadio.Controller.Access;

/// <summary>What somebody is at an area and all below it. Values are stored.</summary>
public enum Role
{
    /// <summary>Writes bulletins and schedules them.</summary>
    Editor = 1,

    /// <summary>Approves bulletins and airs them.</summary>
    Approver = 2,

    /// <summary>Sees nodes and proof, tries the chime, sets the volume.</summary>
    Monitor = 3,

    /// <summary>Sends emergencies.</summary>
    AlertOfficer = 4,

    /// <summary>Looks after people, keys, areas, nodes and device programs.</summary>
    Administrator = 5,
}
