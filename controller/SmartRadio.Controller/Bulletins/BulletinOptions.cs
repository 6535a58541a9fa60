using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Controller.Bulletins;

/// <summary>What people may bring.</summary>
public sealed class BulletinOptions
{
    /// <summary>Largest sound file, in bytes. An hour of CD-quality WAV has 635 million.</summary>
    [Range(1, 1e12)]
    public long MaxUploadBytes { get; set; } = 1L << 30;
}
