using System.Globalization;
using SmartRadio.Benchmarks.Report;
using SmartRadio.Protocol;

namespace SmartRadio.Benchmarks.Sound;

/// <summary>
/// How well speech is understood at a node: STOI between what espeak-ng said and what a node played, through a horn, for each
/// codec, with the controller's chain and without it, in quiet and in noise, where it was recorded and where it is heard.
/// </summary>
internal static class HeardCommand
{
    // STOI is given to two places in the literature; less is no difference.
    private const double Same = 0.01;

    private static readonly CodecId[] Codecs = [CodecId.ULaw8, CodecId.Ima8, CodecId.ULaw16];

    private static readonly (string Name, Noise Noise, bool IsRecorded)[] Scenes =
    [
        ("clean", Noise.None, false),
        ("recorded in wind", Noise.Wind, true),
        ("recorded by a horn", Noise.Horn, true),
        ("heard in wind", Noise.Wind, false),
        ("heard by a horn", Noise.Horn, false),
    ];

    /// <returns>0 when the chain lowers no figure and raises the mean of those in noise.</returns>
    public static async Task<int> RunAsync()
    {
        using var studio = await HeardStudio.MakeAsync();
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(
            "| sound | codec | STOI without the chain | with it | met | whole band, without | with it | LUFS without | with it |\n"
            + "|---|---|---:|---:|---|---:|---:|---:|---:|");
        var (met, without, with, rows) = (true, 0.0, 0.0, 0);
        foreach (var (name, noise, isRecorded) in Scenes)
        {
            foreach (var codec in Codecs)
            {
                var plain = await studio.HearAsync(codec, noise, isRecorded, withChain: false);
                var ours = await studio.HearAsync(codec, noise, isRecorded, withChain: true);
                var isMet = ours.Stoi >= plain.Stoi - Same;
                met &= isMet;
                if (noise != Noise.None)
                {
                    (without, with, rows) = (without + plain.Stoi, with + ours.Stoi, rows + 1);
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {codec} | {plain.Stoi:0.000} | {ours.Stoi:0.000} | {(isMet ? "yes" : "**no**")} | {plain.Whole:0.000} | {ours.Whole:0.000} "
                    + $"| {plain.Loudness:0.0} | {ours.Loudness:0.0} |"));
            }
        }

        met &= with > without;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"heard: mean STOI in noise {with / rows:0.000} with the chain, {without / rows:0.000} without"));
        return met ? 0 : 1;
    }
}
