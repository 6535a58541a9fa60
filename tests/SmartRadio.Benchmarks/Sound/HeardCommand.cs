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

    // How a telephone at arm's length records, in dB below an announcer at a microphone.
    private const double Telephone = 12;

    private static readonly Scene[] Scenes =
    [
        new("clean", Noise.None, IsRecorded: false, 0),
        new("recorded in wind", Noise.Wind, IsRecorded: true, 0),
        new("recorded by a horn", Noise.Horn, IsRecorded: true, 0),
        new("heard in wind", Noise.Wind, IsRecorded: false, 0),
        new("heard by a horn", Noise.Horn, IsRecorded: false, 0),
        new("recorded low", Noise.None, IsRecorded: false, Telephone),
        new("recorded low, heard in wind", Noise.Wind, IsRecorded: false, Telephone),
        new("recorded low, heard by a horn", Noise.Horn, IsRecorded: false, Telephone),
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
        foreach (var scene in Scenes)
        {
            foreach (var codec in Codecs)
            {
                var plain = await studio.HearAsync(codec, scene, withChain: false);
                var ours = await studio.HearAsync(codec, scene, withChain: true);
                var isMet = ours.Stoi >= plain.Stoi - Same;
                met &= isMet;
                if (scene.Noise != Noise.None)
                {
                    (without, with, rows) = (without + plain.Stoi, with + ours.Stoi, rows + 1);
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {scene.Name} | {codec} | {plain.Stoi:0.000} | {ours.Stoi:0.000} | {(isMet ? "yes" : "**no**")} | {plain.Whole:0.000} | {ours.Whole:0.000} "
                    + $"| {plain.Loudness:0.0} | {ours.Loudness:0.0} |"));
            }
        }

        met &= with > without;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"heard: mean STOI in noise {with / rows:0.000} with the chain, {without / rows:0.000} without"));
        return met ? 0 : 1;
    }
}
