using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartRadio.Audio.Codecs;
using SmartRadio.Audio.Speech;

namespace SmartRadio.Audio.Tests.Setting;

/// <summary>The sound library as a host would set it up, and real speech to work on.</summary>
internal static class Studio
{
    public const string Announcement =
        "Kính thưa bà con nhân dân trong xã. Sáng nay Ủy ban nhân dân xã thông báo lịch tiêm phòng cho trẻ em tại trạm y tế. "
        + "Mời bà con đến đúng giờ, mang theo sổ tiêm chủng.";

    private static readonly SemaphoreSlim Speaking = new(1);
    private static byte[]? spoken;

    public static PreparationOptions Plain { get; } = new() { Before = [] };

    public static AudioPreparer Preparer(Action<AudioOptions>? change = null) => new(Settings(change), TimeProvider.System);

    public static MasterComposer Composer(Action<AudioOptions>? change = null) => new(Settings(change));

    public static EspeakSynthesizer Voices(Action<AudioOptions>? change = null) => new(Settings(change), TimeProvider.System);

    /// <summary>All voices that settings name, and espeak-ng's.</summary>
    public static InstalledVoices Installed(VoiceOptions voices)
    {
        var (options, audio) = (Options.Create(voices), Settings(null));
        return new InstalledVoices(
            Voices(), new ProgramSynthesizer(options, audio, TimeProvider.System),
            new ServiceSynthesizer(options, audio, TimeProvider.System), new SpokenSound(audio, TimeProvider.System), options,
            NullLogger<InstalledVoices>.Instance);
    }

    public static PreviewEncoder Previews(Action<AudioOptions>? change = null) => new(Settings(change), TimeProvider.System);

    public static MasterEncoder Encoder() => new(Settings(null), NullLogger<MasterEncoder>.Instance);

    /// <summary>Puts spoken Vietnamese, about twelve seconds, into a WAV file of 22,050 Hz.</summary>
    public static async Task<string> SpeechAsync(TempFolder folder)
    {
        var path = folder.File("speech.wav");
        await Speaking.WaitAsync();
        try
        {
            if (spoken is null)
            {
                await Voices().SpeakAsync(Announcement, "north", path, CancellationToken.None);
                spoken = await File.ReadAllBytesAsync(path);
            }
        }
        finally
        {
            Speaking.Release();
        }

        await File.WriteAllBytesAsync(path, spoken);
        return path;
    }

    /// <summary>Puts the announcement, said by a voice, into a WAV file of 22,050 Hz.</summary>
    public static async Task<string> SaidAsync(TempFolder folder, string voice)
    {
        var path = folder.File(voice + ".wav");
        await Voices().SpeakAsync(Announcement, new VoiceChoice(voice), path, CancellationToken.None);
        return path;
    }

    /// <summary>Puts the announcement three times into a file of a format, by ffmpeg.</summary>
    public static async Task<string> SpeechAsync(TempFolder folder, string name, params string[] encoding)
    {
        var path = folder.File(name);
        Tool.Ffmpeg(["-v", "error", "-stream_loop", "2", "-i", await SpeechAsync(folder), .. encoding, path]);
        return path;
    }

    /// <summary>Makes a master of the announcement.</summary>
    public static async Task<Master> MasterAsync(TempFolder folder, PreparationOptions? preparation = null) =>
        await Preparer().PrepareAsync(
            await SpeechAsync(folder), folder.File("master.wav"), preparation ?? Plain, null, CancellationToken.None);

    public static async Task<AudioRefusal> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<AudioRefusedException>(work)).Reason;

    private static IOptions<AudioOptions> Settings(Action<AudioOptions>? change)
    {
        var options = new AudioOptions();
        change?.Invoke(options);
        return Options.Create(options);
    }
}
