using System.Globalization;

namespace SmartRadio.Audio.Tests.Setting;

/// <summary>ffmpeg's meter of EBU R128.</summary>
/// <param name="Loudness">Integrated, in LUFS, rounded to 0.1.</param>
/// <param name="TruePeak">In dBFS, rounded to 0.1.</param>
internal sealed record SecondMeter(double Loudness, double TruePeak)
{
    public static SecondMeter Read(string path)
    {
        var (_, log) = Tool.Ffmpeg("-i", path, "-af", "ebur128=peak=true", "-f", "null", "-");
        var summary = log[log.LastIndexOf("Summary:", StringComparison.Ordinal)..];
        return new SecondMeter(Figure(summary, "I:"), Figure(summary, "Peak:"));
    }

    private static double Figure(string summary, string name)
    {
        var words = summary.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(words[Array.IndexOf(words, name) + 1], CultureInfo.InvariantCulture);
    }
}
