using System.Diagnostics;
using SmartRadio.Audio;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>Real sounds: speech by espeak-ng, files by ffmpeg.</summary>
internal static class Recordings
{
    public const string Text = "Kính thưa bà con. Sáng mai xã ta tiêm phòng cho trẻ em tại trạm y tế.";

    private static readonly Lazy<Task<byte[]>> Spoken = new(SpeakAsync);

    /// <summary>About five seconds of Vietnamese, as an MP3 file.</summary>
    public static async Task<Stream> Mp3Async() => new MemoryStream(await Spoken.Value, writable: false);

    /// <summary>What ffmpeg makes of these arguments, as a file of a format.</summary>
    public static async Task<byte[]> MakeAsync(string format, params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", .. arguments, "-f", format, "pipe:1"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }

    public static Task<Bulletin> UploadAsync(this TestController controller, Stream content, string title = "Tiêm phòng") =>
        controller.Get<CreateBulletin>().FromUploadAsync(
            new UploadRequest(title, content), TestController.Officer, progress: null, TestContext.Current.CancellationToken);

    public static Task<Bulletin> SpeakAsync(
        this TestController controller, string text, string voice = "north", string title = "Tiêm phòng") =>
        controller.Get<CreateBulletin>().FromTextAsync(
            new SpeechRequest(title, text, voice), TestController.Officer, progress: null, TestContext.Current.CancellationToken);

    public static Task<Bulletin> ApproveAsync(this TestController controller, long id) =>
        controller.Get<ApproveBulletin>()
            .HandleAsync(id, TestController.Officer, progress: null, TestContext.Current.CancellationToken);

    public static Task<Bulletin> WithdrawAsync(this TestController controller, long id) =>
        controller.Get<WithdrawBulletin>().HandleAsync(id, TestController.Officer, TestContext.Current.CancellationToken);

    public static Task DeleteAsync(this TestController controller, long id) =>
        controller.Get<DeleteBulletin>().HandleAsync(id, TestController.Officer, TestContext.Current.CancellationToken);

    private static async Task<byte[]> SpeakAsync()
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-speech-");
        try
        {
            var wav = Path.Combine(folder.FullName, "speech.wav");
            var options = Microsoft.Extensions.Options.Options.Create(new AudioOptions());
            await new EspeakSynthesizer(options, TimeProvider.System).SpeakAsync(Text, "north", wav, CancellationToken.None);
            return await MakeAsync("mp3", "-i", wav);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
