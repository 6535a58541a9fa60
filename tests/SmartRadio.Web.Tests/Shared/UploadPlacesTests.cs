using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>How large an upload may be, how many arrive at once, and for how long.</summary>
public sealed class UploadPlacesTests
{
    [Fact]
    public async Task Request_may_be_as_large_as_the_limit_of_the_sound_and_its_form()
    {
        await using var radio = await StartAsync(("SmartRadio:MaxUploadBytes", "3000000"));
        using var client = radio.Program();
        client.DefaultRequestHeaders.ExpectContinue = true;

        await (await client.UploadAsync("Tin", new byte[4_000_000])).ProblemAsync(
            HttpStatusCode.RequestEntityTooLarge, "FileTooLarge");
        var problem = await (await client.UploadAsync("Tin", new byte[6_000_000])).ProblemAsync(
            HttpStatusCode.RequestEntityTooLarge, "TooLarge");

        Assert.Contains("3 MB", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_beyond_those_of_a_person_is_refused_before_it_is_read()
    {
        await using var radio = await StartAsync(("SmartRadio:Limits:PersonSounds", "1"));
        var client = (await radio.AddAccountAsync(Role.Editor, area: null)).Http;
        using var slow = new SlowBody();
        var first = client.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), slow);

        await TakenAsync(radio);
        var second = await client.UploadAsync("Tin", Sounds.Wav(1));

        await second.ProblemAsync(HttpStatusCode.TooManyRequests, "OwnSoundsAtWork");
        Assert.NotNull(second.Headers.RetryAfter?.Delta);
        slow.End();
        await (await first).ProblemAsync(HttpStatusCode.BadRequest, "BodyCut");
        await (await client.UploadAsync("Tin", Sounds.Wav(1))).JsonAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Page_that_sends_too_much_at_once_says_so()
    {
        await using var radio = await StartAsync(("SmartRadio:Limits:PersonSounds", "1"));
        var editor = await radio.AddAccountAsync(Role.Editor, area: null);
        using var browser = await radio.SignInAsync(editor);
        using var slow = new SlowBody();
        var first = editor.Http.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), slow);

        await TakenAsync(radio);
        await browser.OpenAsync("/bulletins/new");
        await browser.UploadAsync("/bulletins/new", "tin.wav", Sounds.Wav(1), ("_handler", "upload"), ("title", "Tin"));

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("sounds of yours are being prepared", browser.Refusal(), StringComparison.Ordinal);
        slow.End();
        await first;
    }

    [Fact]
    public async Task Text_needs_no_place_while_it_arrives()
    {
        await using var radio = await StartAsync(("SmartRadio:Limits:Sounds", "1"));
        var editor = await radio.AddAccountAsync(Role.Editor, area: null);
        using var browser = await radio.SignInAsync(editor);
        using var slow = new SlowBody();
        var first = editor.Http.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), slow);

        await TakenAsync(radio);
        await browser.OpenAsync("/bulletins/new");
        await browser.SendAsync(
            "/bulletins/new", ("_handler", "speech"), ("spoken-title", "Tin"), ("text", "Xin chào"), ("voice", "north"));

        Assert.Matches("^/bulletins/[0-9]+$", browser.Path);
        slow.End();
        await first;
    }

    [Fact]
    public async Task Who_releases_emergencies_has_one_more_place()
    {
        await using var radio = await StartAsync(("SmartRadio:Limits:Sounds", "1"));
        var editor = await radio.AddAccountAsync(Role.Editor, area: null);
        using var officer = radio.Program();
        using var slow = new SlowBody();
        var first = editor.Http.PostAsync(new Uri("/api/v1/bulletins", UriKind.Relative), slow);

        await TakenAsync(radio);
        await (await editor.Http.UploadAsync("Tin", Sounds.Wav(1))).ProblemAsync(
            HttpStatusCode.TooManyRequests, "SoundsAtWork");
        await (await officer.UploadAsync("Khẩn", Sounds.Wav(1))).JsonAsync(HttpStatusCode.Created);
        await (await officer.UploadAsync("Khẩn", Sounds.Wav(1))).JsonAsync(HttpStatusCode.Created);

        slow.End();
        await first;
    }

    [Fact]
    public async Task Upload_that_only_drips_is_cut_off()
    {
        await using var radio = await StartAsync();
        using var client = radio.Program();
        using var socket = new TcpClient(radio.Address.Host, radio.Address.Port);
        await using var line = socket.GetStream();
        await line.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/v1/bulletins HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
            + $"Authorization: {client.DefaultRequestHeaders.Authorization}\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"));
        var drop = new byte[50];
        var answer = new byte[12];
        var read = line.ReadExactlyAsync(answer).AsTask();

        for (var sent = 0; sent < 8_000 && !read.IsCompleted; sent += drop.Length)
        {
            await Task.WhenAny(read, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
            await line.WriteAsync(drop);
        }

        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal("HTTP/1.1 408", Encoding.ASCII.GetString(answer));
    }

    [Fact]
    public async Task Upload_that_takes_too_long_is_cut_off_and_gives_its_place_back()
    {
        await using var radio = await StartAsync(
            ("SmartRadio:Limits:UploadTime", "00:00:01"), ("SmartRadio:Limits:PersonSounds", "1"));
        var client = (await radio.AddAccountAsync(Role.Editor, area: null)).Http;
        using var socket = new TcpClient(radio.Address.Host, radio.Address.Port);
        await using var line = socket.GetStream();
        await line.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/v1/bulletins HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
            + $"Authorization: {client.DefaultRequestHeaders.Authorization}\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"));
        using var patience = new CancellationTokenSource(Poll.Patience);

        await Assert.ThrowsAnyAsync<IOException>(async () => await line.ReadExactlyAsync(new byte[1], patience.Token));

        await (await client.UploadAsync("Tin", Sounds.Wav(1))).JsonAsync(HttpStatusCode.Created);
    }

    private static Task TakenAsync(RadioHost radio) =>
        Poll.UntilAsync("the place is taken", () => radio.Services.GetRequiredService<UploadPlaces>().Count == 1);

    private static async Task<RadioHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var radio = new RadioHost(settings);
        await radio.InitializeAsync();
        return radio;
    }

    /// <summary>The beginning of a form, whose rest comes when the test says so, and then does not.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowBody() => Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        public void End() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nTin"u8.ToArray());
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            End();
            base.Dispose(disposing);
        }
    }
}
