using System.Diagnostics;

namespace SmartRadio.Audio.Tests.Setting;

/// <summary>Runs ffmpeg and sox as second opinions.</summary>
internal static class Tool
{
    /// <summary>Runs ffmpeg; returns what it wrote to its standard output and, as text, to its standard error.</summary>
    public static (byte[] Output, string Log) Ffmpeg(params string[] arguments) =>
        Run("ffmpeg", ["-nostdin", "-hide_banner", "-y", .. arguments]);

    /// <summary>Runs sox, which writes what ffmpeg cannot: AMR.</summary>
    public static void Sox(params string[] arguments) => Run("sox", arguments);

    /// <summary>All samples ffmpeg reads from a file, 16 bits, mono.</summary>
    public static short[] Decode(string path, int sampleRate)
    {
        var (bytes, _) = Ffmpeg("-v", "error", "-i", path, "-ac", "1", "-ar", $"{sampleRate}", "-f", "s16le", "pipe:1");
        return [.. bytes.Chunk(2).Select(pair => BitConverter.ToInt16(pair))];
    }

    private static (byte[] Output, string Log) Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var log = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, log.Result);
        return (output.ToArray(), log.Result);
    }
}
