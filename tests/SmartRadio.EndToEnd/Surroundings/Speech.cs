using System.Globalization;
using System.Runtime.InteropServices;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>Real speech: spoken by espeak-ng, put into a format by ffmpeg.</summary>
internal static class Speech
{
    public const string Announcement = "Kính thưa bà con. Sáng mai trạm y tế xã tiêm phòng cho trẻ em. Mời bà con đến đúng giờ.";

    public const string Warning = "Cảnh báo khẩn cấp. Nước sông đang lên nhanh. Đề nghị bà con sơ tán ngay.";

    /// <summary>
    /// Puts a text into a file whose name says the format, over and over until it has so many seconds (0 = once).
    /// </summary>
    public static async Task<string> MakeAsync(string text, string path, int seconds = 0)
    {
        var spoken = path + ".spoken.wav";
        await ChildProcess.RunAsync("espeak-ng", "-v", "vi", "-s", "150", "-w", spoken, text);
        string[] length = seconds > 0 ? ["-t", seconds.ToString(CultureInfo.InvariantCulture)] : [];
        await Ffmpeg(["-stream_loop", seconds > 0 ? "-1" : "0", "-i", spoken, .. length, path]);
        return path;
    }

    /// <summary>What a perfect loudspeaker with the µ-law codec makes of a sound file, by ffmpeg: 8 kHz, 16 bits.</summary>
    public static async Task<short[]> HeardAsync(string path)
    {
        var coded = path + ".mulaw";
        await Ffmpeg("-i", path, "-ac", "1", "-ar", "8000", "-f", "mulaw", coded);
        return await SamplesAsync(coded, "-f", "mulaw", "-ar", "8000");
    }

    /// <summary>All of a sound file, by ffmpeg: 8 kHz, 16 bits.</summary>
    public static async Task<short[]> SamplesAsync(string path, params string[] input)
    {
        var samples = path + ".s16";
        await Ffmpeg([.. input, "-i", path, "-ac", "1", "-ar", "8000", "-f", "s16le", samples]);
        return MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(samples)).ToArray();
    }

    private static Task<string> Ffmpeg(params IEnumerable<string> arguments) =>
        ChildProcess.RunAsync("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]);
}
