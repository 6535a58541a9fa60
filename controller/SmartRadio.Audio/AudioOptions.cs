using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Audio;

/// <summary>The settings of the sound library, bound from the configuration section <c>Audio</c>.</summary>
public sealed class AudioOptions
{
    /// <summary>The configuration section these are bound from.</summary>
    public const string Section = "Audio";

    /// <summary>The ffmpeg program; null looks for <c>ffmpeg</c> on the PATH.</summary>
    public string? FfmpegPath { get; set; }

    /// <summary>The espeak-ng program; null looks for <c>espeak-ng</c> on the PATH.</summary>
    public string? EspeakPath { get; set; }

    /// <summary>The longest sound accepted. A longer one is refused, never cut.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00")]
    public TimeSpan MaxLength { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How long one run of ffmpeg may take. An hour of MP3 takes a few seconds on a small machine.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan DecodeTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one run of espeak-ng may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan SpeechTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The address space, in mebibytes, ffmpeg or espeak-ng may take. Debian's ffmpeg needs about 300 to start.
    /// </summary>
    [Range(300, 16_384)]
    public int MaxToolMemoryMegabytes { get; set; } = 768;

    /// <summary>The longest text to be spoken, in UTF-16 units. 20,000 are about 20 minutes of Vietnamese.</summary>
    [Range(1, 1_000_000)]
    public int MaxTextLength { get; set; } = 20_000;

    /// <summary>
    /// The pace of speech, in words a minute as espeak-ng counts them. Slower than its own 175, for echoes between horns.
    /// </summary>
    [Range(80, 300)]
    public int SpeechRate { get; set; } = 150;

    /// <summary>
    /// The loudness of a master, in LUFS (EBU R128 integrated). EBU's own -23 is for quiet rooms. A horn works against traffic
    /// and wind and its amplifier has little range: -16, the loudest that the Audio Engineering Society recommends (TD1004,
    /// 2015). Speech with high peaks stays below, where the limiter would shape the words.
    /// </summary>
    [Range(-30.0, -10.0)]
    public double TargetLufs { get; set; } = -16;

    /// <summary>
    /// The highest peak of a master, in dBFS, measured between samples too (BS.1770's true peak, 4 times oversampled).
    /// </summary>
    [Range(-12.0, 0.0)]
    public double PeakCeilingDb { get; set; } = -1;

    /// <summary>The bit rate of a browser preview, in kbit/s.</summary>
    [Range(16, 160)]
    public int PreviewKilobits { get; set; } = 48;
}
