using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SmartRadio.Benchmarks.Sound;

/// <summary>Runs ffmpeg and espeak-ng beside ours.</summary>
internal static class Ffmpeg
{
    /// <summary>Runs ffmpeg.</summary>
    /// <returns>Its standard output, and what it said.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static Task<(byte[] Output, string Log)> RunAsync(params string[] arguments) =>
        RunAsync("ffmpeg", ["-nostdin", "-hide_banner", "-y", .. arguments]);

    /// <summary>Has espeak-ng say a text into a WAV file, as the controller does.</summary>
    public static Task SpeakAsync(string text, string voice, string path) =>
        RunAsync("espeak-ng", ["-v", voice, "-s", "150", "-w", path, text]);

    /// <summary>The samples of a sound at a rate, one channel.</summary>
    public static async Task<float[]> ReadAsync(string path, int rate)
    {
        var (bytes, _) = await RunAsync(
            "-v", "error", "-i", path, "-ac", "1", "-ar", rate.ToString(CultureInfo.InvariantCulture), "-f", "f32le", "pipe:1");
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    /// <summary>Writes one channel of 32-bit floats as WAV.</summary>
    public static async Task WriteAsync(string path, float[] samples, int rate)
    {
        var raw = path + ".raw";
        await File.WriteAllBytesAsync(raw, MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
        await RunAsync(
            "-v", "error", "-f", "f32le", "-ar", rate.ToString(CultureInfo.InvariantCulture), "-ac", "1", "-i", raw,
            "-c:a", "pcm_f32le", path);
        File.Delete(raw);
    }

    /// <summary>Integrated loudness by EBU R128, in LUFS.</summary>
    public static async Task<double> LoudnessAsync(string path)
    {
        var (_, log) = await RunAsync("-i", path, "-af", "ebur128", "-f", "null", "-");
        var words = log[log.LastIndexOf("Summary:", StringComparison.Ordinal)..]
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(words[Array.IndexOf(words, "I:") + 1], CultureInfo.InvariantCulture);
    }

    private static async Task<(byte[] Output, string Log)> RunAsync(string program, IEnumerable<string> arguments)
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
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (output.ToArray(), await log)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}. {await log}");
    }
}
