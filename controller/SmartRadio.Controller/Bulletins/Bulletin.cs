namespace SmartRadio.Controller.Bulletins;

public enum BulletinOrigin
{
    Upload,
    Speech,
}

/// <summary>What is said. It exists only once its sound is prepared and checked; approval freezes it by hash.</summary>
public sealed class Bulletin
{
    public long Id { get; set; }

    /// <summary>The area whose bulletin it is; null = of all together.</summary>
    public long? AreaId { get; set; }

    public required string Title { get; set; }

    public BulletinOrigin Origin { get; set; }

    /// <summary>What was spoken, when it was made from text.</summary>
    public string? Text { get; set; }

    /// <summary>Voice id, when it was made from text.</summary>
    public string? Voice { get; set; }

    public TimeSpan Length { get; set; }

    /// <summary>Integrated loudness of the prepared sound in LUFS (EBU R128).</summary>
    public double Loudness { get; set; }

    /// <summary>Loudness as it came in, in LUFS.</summary>
    public double SourceLoudness { get; set; }

    /// <summary>Waveform for the screen: pairs of smallest and largest sample, each an sbyte.</summary>
    public required byte[] Peaks { get; set; }

    /// <summary>SHA-256 of the prepared sound, hexadecimal. What is approved is exactly this.</summary>
    public required string Hash { get; set; }

    public required string CreatedById { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? ApprovedById { get; set; }

    public DateTimeOffset? ApprovedAt { get; set; }

    public bool IsApproved => ApprovedAt is not null;
}
