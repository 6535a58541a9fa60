using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Audio;
using SmartRadio.Audio.Codecs;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Benchmarks.Rows;
using SmartRadio.Protocol;
using Settings = Microsoft.Extensions.Options.Options;

namespace SmartRadio.Benchmarks.Sound;

/// <summary>
/// What it costs to make a bulletin of speech: the controller's chain and encoder beside ffmpeg's loudnorm of the same file, in
/// turn. Counted is the processor time of all processes, so one core.
/// </summary>
internal static class EncodeCommand
{
    private const double LeastTimes = 1;

    /// <param name="minutes">Length of the speech.</param>
    /// <param name="rounds">Runs of each kind.</param>
    /// <returns>0 when ours is no slower.</returns>
    public static async Task<int> RunAsync(int minutes, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-encode");
        try
        {
            var source = Path.Combine(folder.FullName, "speech.wav");
            await SpeakAsync(source, minutes);
            var (ours, theirs) = (new List<double>(), new List<double>());
            await ChainAsync(source);
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(await TimeAsync(() => ChainAsync(source)));
                theirs.Add(await TimeAsync(() => LoudnormAsync(source)));
            }

            return Print(minutes, rounds, Statistics.Percentile(ours, 0.5), Statistics.Percentile(theirs, 0.5));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Print(int minutes, int rounds, double ours, double theirs)
    {
        var isMet = theirs / ours >= LeastTimes;
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes of speech, medians of {rounds} rounds"));
        Console.WriteLine("| what | processor s | hours of speech a minute of one core | aim | met |\n|---|---:|---:|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| master and object, µ-law 8 kHz | {ours:0.00} | {minutes / ours:0.0} | ≥ {LeastTimes:0.0} × loudnorm | {(isMet ? "yes" : "**no**")} |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| ffmpeg loudnorm to 16 kHz | {theirs:0.00} | {minutes / theirs:0.0} | | |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"encode: {minutes / ours:0.0} hours of speech a minute of one core, {theirs / ours:0.00} × ffmpeg loudnorm"));
        return isMet ? 0 : 1;
    }

    private static async Task SpeakAsync(string path, int minutes)
    {
        var once = path + ".once.wav";
        await Ffmpeg.SpeakAsync(Announcement.Text, Announcement.Voices[0], once);
        await Ffmpeg.RunAsync(
            "-v", "error", "-stream_loop", "-1", "-i", once, "-t", (minutes * 60).ToString(CultureInfo.InvariantCulture), path);
    }

    private static async Task ChainAsync(string source)
    {
        var master = source + ".master";
        await new AudioPreparer(Settings.Create(new AudioOptions()), TimeProvider.System).PrepareAsync(
            source, master, PreparationOptions.Default, null, CancellationToken.None);
        await using var sound = File.Create(source + ".object");
        await new MasterEncoder(Settings.Create(new AudioOptions()), NullLogger<MasterEncoder>.Instance).EncodeAsync(
            master, CodecId.ULaw8, sound, null, CancellationToken.None);
    }

    private static async Task LoudnormAsync(string source) => await Ffmpeg.RunAsync(
        "-v", "error", "-threads", "1", "-i", source, "-af", "loudnorm=I=-16:TP=-1:LRA=11", "-ar", "16000", "-ac", "1",
        "-c:a", "pcm_s16le", source + ".loudnorm.wav");

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        GC.Collect();
        var before = ProcessorTime.OfAll();
        await work();
        return (ProcessorTime.OfAll() - before).TotalSeconds;
    }
}
