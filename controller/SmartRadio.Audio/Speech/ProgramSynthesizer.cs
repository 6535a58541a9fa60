using Microsoft.Extensions.Options;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Speech;

/// <summary>Voices of programs that the settings name, each run in the sandbox: text in, WAV out.</summary>
internal sealed class ProgramSynthesizer(IOptions<VoiceOptions> voices, IOptions<AudioOptions> options, TimeProvider clock)
    : ISpeechSynthesizer
{
    private const long MaxBytesASecond = 48_000 * 4; // 48 kHz, two channels of 16 bits
    private const long MaxFileBytes = 128 << 20; // of its own shared memory

    private readonly AudioOptions _options = options.Value;

    public IReadOnlyList<Voice> Voices { get; } = [.. voices.Value.Programs.Select(program => Voice.Of(
        program.Id, program.Name, program.EnglishName, program.Language))];

    public async Task<string> SpeakAsync(string text, VoiceChoice voice, string path, CancellationToken cancellationToken)
    {
        var spoken = SpokenText.Clean(text, _options.MaxTextLength);
        var program = voices.Value.Programs.First(each => each.Id == voice.Id);
        if (!File.Exists(program.Program))
        {
            throw new AudioRefusedException(AudioRefusal.ToolFailed, $"{program.Program} does not exist.");
        }

        try
        {
            using var file = new NewFile(path);
            await RunAsync(program, spoken, voice, file.Stream, cancellationToken);
            file.Keep();
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
        }

        return voice.Id;
    }

    private async Task RunAsync(
        VoiceProgram program, string text, VoiceChoice voice, Stream file, CancellationToken cancellationToken)
    {
        var limits = new ToolLimits(program.Timeout, program.MemoryMegabytes, MaxFileBytes) { Readable = program.Files };
        await using var process = ToolProcess.Start(
            program.Program, program.Arguments.Select(argument => VoiceTemplate.Fill(argument, voice)), limits, clock,
            cancellationToken);
        var giving = process.GiveAsync(text, cancellationToken);
        var isWav = await TakeAsync(process, file, cancellationToken);
        await giving;
        var exit = await process.WaitAsync();
        if (exit.Code != 0 || !isWav)
        {
            throw new AudioRefusedException(
                AudioRefusal.ToolFailed, $"{program.Program} ended with {exit.Code} and gave {(isWav ? "a" : "no")} WAV file.");
        }
    }

    private async Task<bool> TakeAsync(ToolProcess process, Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var most = (long)_options.MaxLength.TotalSeconds * MaxBytesASecond;
        long total = 0;
        var isWav = false;
        int read;
        while ((read = await process.Output.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            isWav |= total == 0 && buffer.AsSpan(0, read).StartsWith("RIFF"u8);
            if ((total += read) > most)
            {
                throw new AudioRefusedException(AudioRefusal.TooLong, $"The speech is longer than {_options.MaxLength}.");
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return isWav;
    }
}
