namespace SmartRadio.Controller.Access.Sessions;

/// <summary>A person signed in on one device.</summary>
public sealed class Session
{
    /// <summary>16 random bytes in base64url.</summary>
    public required string Id { get; set; }

    public required string PersonId { get; set; }

    /// <summary>The person's security stamp at sign-in: with another one the session is over.</summary>
    public required string Stamp { get; set; }

    /// <summary>What the browser says of itself, at most <see cref="DeviceLength"/> characters.</summary>
    public required string Device { get; set; }

    /// <summary>IP address at sign-in.</summary>
    public required string Address { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>To ten minutes.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public const int DeviceLength = 300;
}
