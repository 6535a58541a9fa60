using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Audio;
using SmartRadio.Audio.Codecs;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Codecs;
using Settings = Microsoft.Extensions.Options.Options;

namespace SmartRadio.Benchmarks.Sound;

/// <summary>Means of all voices.</summary>
/// <param name="Stoi">Of what a horn gives, against what it would give of the source.</param>
/// <param name="Whole">Of the samples themselves, against the source.</param>
/// <param name="Loudness">What the nodes played, in LUFS, without the noise around them.</param>
internal sealed record Heard(double Stoi, double Whole, double Loudness);

/// <summary>Speaks, prepares, encodes, has a node play it, and listens.</summary>
internal sealed class HeardStudio : IDisposable
{
    private const double NoiseBelow = 10; // dB under the speech as it was said
    private const int SourceRate = 22_050; // of espeak-ng

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-heard");
    private readonly AudioPreparer _preparer = new(Settings.Create(new AudioOptions()), TimeProvider.System);
    private readonly MasterEncoder _encoder = new(Settings.Create(new AudioOptions()), NullLogger<MasterEncoder>.Instance);

    private HeardStudio()
    {
    }

    public static async Task<HeardStudio> MakeAsync()
    {
        var studio = new HeardStudio();
        foreach (var voice in Announcement.Voices)
        {
            await Ffmpeg.SpeakAsync(Announcement.Text, voice, studio.File($"{voice}.wav"));
        }

        return studio;
    }

    /// <param name="codec">The node's.</param>
    /// <param name="scene">Where it is spoken and heard.</param>
    /// <param name="withChain">Prepared and encoded as a bulletin is; else only resampled and encoded.</param>
    public async Task<Heard> HearAsync(CodecId codec, Scene scene, bool withChain)
    {
        var (stoi, whole, loudness) = (0.0, 0.0, 0.0);
        foreach (var voice in Announcement.Voices)
        {
            var spoken = File("spoken.wav");
            await Ffmpeg.WriteAsync(
                spoken, Lowered(await Ffmpeg.ReadAsync(File($"{voice}.wav"), SourceRate), scene.LowerBy), SourceRate);
            var source = await Ffmpeg.ReadAsync(spoken, SourceRate);
            var recorded = File("recorded.wav");
            await Ffmpeg.WriteAsync(
                recorded, scene.IsRecorded ? With(source, source, scene.Noise, SourceRate) : source, SourceRate);
            var played = File("played.wav");
            var rate = SoundFormat.Rate(codec);
            var samples = HeardNode.Play(await EncodeAsync(recorded, codec, withChain), codec);
            await Ffmpeg.WriteAsync(played, [.. samples.Select(sample => sample / 32_768f)], rate);
            loudness += await Ffmpeg.LoudnessAsync(played) / Announcement.Voices.Count;

            var clean = await Ffmpeg.ReadAsync(spoken, Stoi.SampleRate);
            var heard = await Ffmpeg.ReadAsync(played, Stoi.SampleRate);
            var delay = Fft.Delay(clean, heard);
            (clean, heard) = (clean[Math.Max(0, -delay)..], heard[Math.Max(0, delay)..]);
            var around = scene.IsRecorded ? Noise.None : scene.Noise;
            whole += Stoi.Measure(clean, With(heard, clean, around, Stoi.SampleRate)) / Announcement.Voices.Count;
            (clean, heard) = (Horn.Give(clean, Stoi.SampleRate), Horn.Give(heard, Stoi.SampleRate));
            stoi += Stoi.Measure(clean, With(heard, clean, around, Stoi.SampleRate)) / Announcement.Voices.Count;
        }

        return new(stoi, whole, loudness);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static float[] Lowered(float[] sound, double decibels) =>
        [.. sound.Select(sample => (float)(sample * Math.Pow(10, -decibels / 20)))];

    private static float[] With(float[] sound, float[] speech, Noise noise, int rate)
    {
        var level = Surroundings.Level(speech) * Math.Pow(10, -NoiseBelow / 20);
        return [.. sound.Zip(Surroundings.Make(noise, sound.Length, rate), (sample, other) => (float)(sample + (level * other)))];
    }

    private async Task<byte[]> EncodeAsync(string recorded, CodecId codec, bool withChain)
    {
        var master = File("master.wav");
        if (withChain)
        {
            var preparation = new PreparationOptions { Before = [] };
            await _preparer.PrepareAsync(recorded, master, preparation, null, CancellationToken.None);
        }
        else if (codec == CodecId.ULaw8)
        {
            // The encoder keeps to the band of telephony, which is part of the chain.
            return (await Ffmpeg.RunAsync(
                "-v", "error", "-i", recorded, "-ac", "1", "-ar", "8000", "-c:a", "pcm_mulaw", "-f", "mulaw", "pipe:1")).Output;
        }
        else
        {
            await Ffmpeg.RunAsync("-v", "error", "-i", recorded, "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", master);
        }

        using var bytes = new MemoryStream();
        await _encoder.EncodeAsync(master, codec, bytes, null, CancellationToken.None);
        return bytes.ToArray();
    }

    private string File(string name) => Path.Combine(_folder.FullName, name);
}
