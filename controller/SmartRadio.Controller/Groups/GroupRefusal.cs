namespace SmartRadio.Controller.Groups;

/// <summary>Why something about groups was refused.</summary>
[RefusalCodes]
public static class GroupRefusal
{
    [Refusal(RefusalKind.Unknown)]
    public const string UnknownGroup = nameof(UnknownGroup);

    /// <summary>With the name, which another group of the area has.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string GroupNameTaken = nameof(GroupNameTaken);

    public const string GroupEmpty = nameof(GroupEmpty);

    /// <summary>With the name of a node that lies outside the group's area.</summary>
    public const string GroupNodeOutside = nameof(GroupNodeOutside);

    /// <summary>With the titles of what is still to be aired for it.</summary>
    [Refusal(RefusalKind.Conflict)]
    public const string GroupInUse = nameof(GroupInUse);

    /// <summary>With the most groups of an area.</summary>
    public const string TooManyGroups = nameof(TooManyGroups);

    /// <summary>With the most groups of all areas, those that were removed too.</summary>
    public const string TooManyGroupsInAll = nameof(TooManyGroupsInAll);
}
