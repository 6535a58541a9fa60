using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using NAudio.Wave;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Speech;

/// <summary>espeak-ng in a process of its own: no network, three regions of Viet Nam.</summary>
public sealed class EspeakSynthesizer(IOptions<AudioOptions> options, TimeProvider clock) : ISpeechSynthesizer
{
    private const int SampleRate = 22_050; // of all of espeak-ng's own voices
    private const int HeaderBytes = 44; // of the WAV file it writes

    // Its sound library claims a file in shared memory, which is never filled.
    private const long MaxFileBytes = 128 << 20;

    private static readonly (Voice Voice, string Name)[] Regions =
    [
        (new Voice("north", "Giọng miền Bắc", "Northern voice"), "vi"),
        (new Voice("central", "Giọng miền Trung", "Central voice"), "vi-vn-x-central"),
        (new Voice("south", "Giọng miền Nam", "Southern voice"), "vi-vn-x-south"),
    ];

    private readonly AudioOptions _options = options.Value;

    public IReadOnlyList<Voice> Voices { get; } = [.. Regions.Select(region => region.Voice)];

    public async Task SpeakAsync(string text, string voiceId, string wavPath, CancellationToken cancellationToken)
    {
        var spoken = SpokenText.Clean(text, _options.MaxTextLength);
        var name = Regions.FirstOrDefault(region => region.Voice.Id == voiceId).Name
            ?? throw new AudioRefusedException(AudioRefusal.UnknownVoice, "There is no such voice.");
        var espeak = ToolProgram.Find(_options.EspeakPath, "espeak-ng", AudioRefusal.EspeakMissing);
        try
        {
            await WriteAsync(espeak, name, [spoken], wavPath, cancellationToken);
        }
        catch (AudioRefusedException crash) when (crash.Reason == AudioRefusal.ToolCrashed)
        {
            // What it writes in C past its bounds depends on what went before: sentence by sentence it mostly goes well.
            await WriteAsync(espeak, name, SpokenText.Pieces(spoken), wavPath, cancellationToken);
        }
    }

    // The pieces one after the other, each by a run of its own.
    private async Task WriteAsync(
        string espeak, string voice, IEnumerable<string> pieces, string wavPath, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new NewFile(wavPath);
            using (var writer = new WaveFileWriter(file.Stream, new WaveFormat(SampleRate, 16, 1)))
            {
                long samples = 0;
                foreach (var piece in pieces)
                {
                    samples += await SayAsync(espeak, voice, piece, writer, samples, cancellationToken);
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
        string espeak, string voice, string text, WaveFileWriter writer, long before, CancellationToken cancellationToken)
    {
        var limits = new ToolLimits(_options.SpeechTimeout, _options.MaxToolMemoryMegabytes, MaxFileBytes);
        string[] arguments = ["-v", voice, "-s", _options.SpeechRate.ToString(CultureInfo.InvariantCulture), "-b",
            "1", "--stdin", "--stdout"];
        await using var process = ToolProcess.Start(espeak, arguments, limits, clock, cancellationToken);
        await GiveAsync(process, text, cancellationToken);
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

    // It reads all of the text before it speaks.
    private static async Task GiveAsync(ToolProcess process, string text, CancellationToken cancellationToken)
    {
        try
        {
            await process.Input.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            process.Input.Close();
        }
        catch (IOException)
        {
            // It ended early: its exit code, read later, says more than the broken pipe.
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
