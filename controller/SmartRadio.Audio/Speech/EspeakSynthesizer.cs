using System.Globalization;
using Microsoft.Extensions.Options;
using NAudio.Wave;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Speech;

/// <summary>espeak-ng in a process of its own: no network, three regions of Viet Nam, a man and a woman each.</summary>
public sealed class EspeakSynthesizer(IOptions<AudioOptions> options, TimeProvider clock) : ISpeechSynthesizer
{
    private const int SampleRate = 22_050; // of all of espeak-ng's own voices
    private const int HeaderBytes = 44; // of the WAV file it writes

    // Its sound library claims a file in shared memory, which is never filled.
    private const long MaxFileBytes = 128 << 20;

    // A name after the plus is one of its variants of the same phonemes; f2 is the clearest of its women's.
    private static readonly (Voice Voice, string Name)[] Speakers =
    [
        (new Voice("north", "Giọng nam miền Bắc", "Northern man"), "vi"),
        (new Voice("north-female", "Giọng nữ miền Bắc", "Northern woman"), "vi+f2"),
        (new Voice("central", "Giọng nam miền Trung", "Central man"), "vi-vn-x-central"),
        (new Voice("central-female", "Giọng nữ miền Trung", "Central woman"), "vi-vn-x-central+f2"),
        (new Voice("south", "Giọng nam miền Nam", "Southern man"), "vi-vn-x-south"),
        (new Voice("south-female", "Giọng nữ miền Nam", "Southern woman"), "vi-vn-x-south+f2"),
    ];

    private readonly AudioOptions _options = options.Value;

    public IReadOnlyList<Voice> Voices { get; } = [.. Speakers.Select(speaker => speaker.Voice)];

    public async Task<string> SpeakAsync(
        string text, VoiceChoice voice, string path, CancellationToken cancellationToken)
    {
        var spoken = SpokenText.Clean(text, _options.MaxTextLength);
        var name = Speakers.FirstOrDefault(speaker => speaker.Voice.Id == voice.Id).Name
            ?? throw new AudioRefusedException(AudioRefusal.UnknownVoice, "There is no such voice.");
        var espeak = ToolProgram.Find(_options.EspeakPath, "espeak-ng", AudioRefusal.EspeakMissing);
        try
        {
            await WriteAsync(espeak, Manner(name, voice), [spoken], path, cancellationToken);
        }
        catch (AudioRefusedException crash) when (crash.Reason == AudioRefusal.ToolCrashed)
        {
            // What it writes in C past its bounds depends on what went before: sentence by sentence it mostly goes well.
            await WriteAsync(espeak, Manner(name, voice), SpokenText.Pieces(spoken), path, cancellationToken);
        }

        return voice.Id;
    }

    private string[] Manner(string name, VoiceChoice voice)
    {
        var rate = (int)Math.Round(_options.SpeechRate * Math.Clamp(voice.Speed, VoiceChoice.Slowest, VoiceChoice.Fastest));
        var pitch = Math.Clamp(voice.Pitch, VoiceChoice.Lowest, VoiceChoice.Highest);
        return
        [
            "-v", name, "-s", rate.ToString(CultureInfo.InvariantCulture), "-p", pitch.ToString(CultureInfo.InvariantCulture),
        ];
    }

    // The pieces one after the other, each by a run of its own.
    private async Task WriteAsync(
        string espeak, string[] manner, IEnumerable<string> pieces, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new NewFile(path);
            using (var writer = new WaveFileWriter(file.Stream, new WaveFormat(SampleRate, 16, 1)))
            {
                long samples = 0;
                foreach (var piece in pieces)
                {
                    samples += await SayAsync(espeak, manner, piece, writer, samples, cancellationToken);
                }
            }

            file.Keep();
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
        }
    }

    private async Task<long> SayAsync(
        string espeak, string[] manner, string text, WaveFileWriter writer, long before, CancellationToken cancellationToken)
    {
        var limits = new ToolLimits(_options.SpeechTimeout, _options.MaxToolMemoryMegabytes, MaxFileBytes);
        string[] arguments = [.. manner, "-b", "1", "--stdin", "--stdout"];
        await using var process = ToolProcess.Start(espeak, arguments, limits, clock, cancellationToken);
        // It reads all of the text before it speaks.
        await process.GiveAsync(text, cancellationToken);
        var samples = await TakeAsync(process, writer, before, cancellationToken);
        var exit = await WaitAsync(process, text);
        return exit.Code == 0 && samples > 0
            ? samples
            : throw new AudioRefusedException(AudioRefusal.ToolFailed, $"espeak-ng ended with {exit.Code}. {exit.Complaints}");
    }

    private static async Task<ToolExit> WaitAsync(ToolProcess process, string text)
    {
        try
        {
            return await process.WaitAsync();
        }
        catch (AudioRefusedException crash) when (crash.Reason == AudioRefusal.ToolCrashed)
        {
            throw new AudioRefusedException(crash.Reason, crash.Message, crash) { Piece = text };
        }
    }

    // The sizes in the header it writes into a pipe are wrong: the samples get a header of ours.
    private async Task<long> TakeAsync(
        ToolProcess process, WaveFileWriter writer, long before, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var header = buffer.AsMemory(0, HeaderBytes);
        var read = await process.Output.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        long samples = 0;
        while (read > 0
            && (read = await process.Output.ReadAtLeastAsync(
                buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 1)
        {
            samples += read / 2;
            if (before + samples > _options.MaxLength.TotalSeconds * SampleRate)
            {
                throw new AudioRefusedException(AudioRefusal.TooLong, $"The speech is longer than {_options.MaxLength}.");
            }

            writer.Write(buffer.AsSpan(0, read & ~1));
        }

        return samples;
    }
}
