namespace SmartRadio.Controller;

/// <summary>What every room stands on. A room's own settings are in its own options, in the same section.</summary>
public sealed class RadioOptions
{
    /// <summary>Folder that holds everything worth keeping: database, sounds, keys.</summary>
    public string Data { get; set; } = "data";

    /// <summary>IANA name of the time zone in which people schedule.</summary>
    public string TimeZone { get; set; } = "Asia/Ho_Chi_Minh";
}
