namespace SmartRadio.Controller.Releases;

/// <summary>A version of the device program that people brought; its object is named by its content and never changes.</summary>
public sealed class Release
{
    public long Id { get; set; }

    /// <summary>As the program calls itself; no two are alike.</summary>
    public required string Version { get; set; }

    /// <summary>32 hexadecimal digits.</summary>
    public required string ObjectId { get; set; }

    public long Bytes { get; set; }

    /// <summary>What changes for those who look after the nodes.</summary>
    public required string Notes { get; set; }

    public required string CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
