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
        var limits = new ToolLimits(_options.SpeechTimeout, _options.MaxToolMemoryMegabytes, MaxFileBytes);
        string[] arguments = ["-v", name, "-s", _options.SpeechRate.ToString(CultureInfo.InvariantCulture), "-b",
            "1", "--stdin", "--stdout"];
        try
        {
            using var file = new NewFile(wavPath);
            await using var process = ToolProcess.Start(espeak, arguments, limits, clock, cancellationToken);
            await GiveAsync(process, spoken, cancellationToken);
            var samples = await TakeAsync(process, file.Stream, cancellationToken);
            var exit = await process.WaitAsync();
            if (exit.Code != 0 || samples == 0)
            {
                throw new AudioRefusedException(AudioRefusal.ToolFailed, $"espeak-ng ended with {exit.Code}. {exit.Complaints}");
            }

            file.Keep();
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
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
    private async Task<long> TakeAsync(ToolProcess process, Stream destination, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var header = buffer.AsMemory(0, HeaderBytes);
        var read = await process.Output.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        using var writer = new WaveFileWriter(destination, new WaveFormat(SampleRate, 16, 1));
        long samples = 0;
        while (read > 0
            && (read = await process.Output.ReadAtLeastAsync(
                buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 1)
        {
            samples += read / 2;
            if (samples > _options.MaxLength.TotalSeconds * SampleRate)
            {
                throw new AudioRefusedException(AudioRefusal.TooLong, $"The speech is longer than {_options.MaxLength}.");
            }

            writer.Write(buffer.AsSpan(0, read & ~1));
        }

        return samples;
    }
}
