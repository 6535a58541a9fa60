using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Access;

/// <summary>Which rights a role gives.</summary>
internal static class RoleRights
{
    /// <summary>Whoever holds one of these keeps the second factor once it is set up.</summary>
    public static IReadOnlyList<Role> NeedSecondFactor { get; } = [Role.Administrator, Role.AlertOfficer];

    public static IReadOnlyList<Right> Of(Role role) => role switch
    {
        Role.Editor => [Right.See, Right.Stop, Right.Write],
        Role.Approver => [Right.See, Right.Stop, Right.Approve],
        Role.Monitor => [Right.See, Right.Stop, Right.Operate],
        Role.AlertOfficer => [Right.See, Right.Stop, Right.Alert],
        Role.Administrator => [Right.See, Right.Stop, Right.Operate, Right.Administer],
        _ => [],
    };

    /// <summary>The roles that give a right.</summary>
    public static IReadOnlyList<Role> Giving(Right right) => [.. Enum.GetValues<Role>().Where(role => Of(role).Contains(right))];
}
