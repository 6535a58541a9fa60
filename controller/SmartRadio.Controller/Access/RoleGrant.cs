namespace SmartRadio.Controller.Access;

/// <summary>A person's role at an area.</summary>
public sealed class RoleGrant
{
    public long Id { get; set; }

    public required string PersonId { get; set; }

    public Role Role { get; set; }

    /// <summary>The area; null = everywhere.</summary>
    public long? AreaId { get; set; }
}
