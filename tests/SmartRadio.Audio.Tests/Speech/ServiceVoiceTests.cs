using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SmartRadio.Audio.Speech;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Speech;

/// <summary>A service that is asked over HTTP is a voice; espeak-ng speaks where it fails.</summary>
public sealed class ServiceVoiceTests : IDisposable
{
    private const string Text = "Bà \"Tư\" nói: {speed} & 50% + a/b?";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Service_gets_text_and_manner_in_its_address()
    {
        await using var server = await VoiceServer.StartAsync(SayAsync);
        var voices = Voices(server, service => service.Address += "/say?t={text}&v={speed}&l={length}&p={pitch}");

        Assert.Equal("loa", await SpeakAsync(voices));

        var (asked, query, authorization, _) = Assert.Single(server.Requests);
        Assert.Equal(("GET /say", Text, "0.8", "1.25"), (asked, query["t"].ToString(), query["v"].ToString(), query["l"].ToString()));
        Assert.Equal(("60", ""), (query["p"].ToString(), authorization));
        Assert.Equal(Signal.ReadWav(_folder.File("said.wav")), Signal.ReadWav(_folder.File("out.wav")));
        Assert.Equal(new Voice("loa", "Giọng loa", "Giọng loa"), voices.Voices[^1]);
    }

    [Fact]
    public async Task Service_gets_text_in_JSON_and_the_secret_of_now()
    {
        await using var server = await VoiceServer.StartAsync(SayAsync);
        var voices = Voices(server, service =>
        {
            service.Body = "{ \"text\": \"{text}\", \"length_scale\": {length} }";
            service.SecretFile = Secret("one");
        });

        await SpeakAsync(voices);
        Secret("two");
        await SpeakAsync(voices);

        Assert.Equal(["Bearer one", "Bearer two"], server.Requests.Select(request => request.Authorization));
        var (asked, _, _, body) = server.Requests.First();
        using var json = JsonDocument.Parse(body);
        Assert.Equal("POST /", asked);
        Assert.Equal(Text, json.RootElement.GetProperty("text").GetString());
        Assert.Equal(1.25, json.RootElement.GetProperty("length_scale").GetDouble());
    }

    [Theory]
    [InlineData("error", 2)]
    [InlineData("too many", 2)]
    [InlineData("refused", 1)]
    [InlineData("redirect", 1)]
    [InlineData("silence", 2)]
    [InlineData("slow", 2)]
    [InlineData("dripping", 2)]
    [InlineData("broken off", 2)]
    [InlineData("nothing", 1)]
    [InlineData("words", 1)]
    [InlineData("garbage", 1)]
    [InlineData("silent sound", 1)]
    [InlineData("huge", 1)]
    [InlineData("endless", 1)]
    [InlineData("long headers", 2)]
    public async Task Espeak_speaks_where_the_service_fails(string kind, int tries)
    {
        await using var server = await VoiceServer.StartAsync(context => FailAsync(context, kind));

        Assert.Equal("south", await SpeakAsync(Voices(server)));

        Assert.Equal(tries, server.Requests.Count);
        Assert.DoesNotContain(server.Requests, request => request.Asked.EndsWith("/elsewhere", StringComparison.Ordinal));
        Assert.NotEmpty(Signal.ReadWav(_folder.File("out.wav")));
        Assert.Equal(["out.wav", "said.wav"], _folder.Names.Union(["said.wav"]).Order());
    }

    [Fact]
    public async Task Service_that_is_not_there_is_replaced()
    {
        var server = await VoiceServer.StartAsync(SayAsync);
        var voices = Voices(server);
        await server.DisposeAsync();

        Assert.Equal("south", await SpeakAsync(voices));
    }

    [Fact]
    public async Task Service_that_was_busy_is_asked_again()
    {
        var asked = 0;
        await using var server = await VoiceServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Interlocked.Increment(ref asked) == 1 ? Task.CompletedTask : SayAsync(context);
        });

        Assert.Equal("loa", await SpeakAsync(Voices(server)));
    }

    [Fact]
    public async Task Secret_that_is_gone_leaves_the_service_unasked()
    {
        await using var server = await VoiceServer.StartAsync(SayAsync);
        var voices = Voices(server, service => service.SecretFile = Secret("one"));
        File.Delete(_folder.File("secret"));

        Assert.Equal("south", await SpeakAsync(voices));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Speech_that_is_no_longer_wanted_leaves_nothing()
    {
        using var wanted = new CancellationTokenSource();
        await using var server = await VoiceServer.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync("RIFF"u8.ToArray(), context.RequestAborted);
            await wanted.CancelAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SpeakAsync(Voices(server), wanted.Token));

        Assert.Empty(_folder.Names);
    }

    private Task<string> SpeakAsync(InstalledVoices voices, CancellationToken cancellationToken = default) =>
        voices.SpeakAsync(Text, new VoiceChoice("loa", 0.8, 60), _folder.File("out.wav"), cancellationToken);

    private string Secret(string secret)
    {
        File.WriteAllText(_folder.File("secret"), secret + "\n");
        return _folder.File("secret");
    }

    private static InstalledVoices Voices(VoiceServer server, Action<VoiceService>? change = null)
    {
        var options = new VoiceOptions { Fallback = "south" };
        options.Services.Add(new VoiceService
        {
            Id = "loa",
            Name = "Giọng loa",
            Address = server.Address,
            Body = change is null ? "{\"text\":\"{text}\"}" : "",
            Timeout = TimeSpan.FromSeconds(change is null ? 1 : 20),
            RetryAfter = TimeSpan.Zero,
            MaxBytes = 1_000_000,
        });
        change?.Invoke(options.Services[0]);
        return Studio.Installed(options);
    }

    private async Task SayAsync(HttpContext context)
    {
        Signal.WriteWav(_folder.File("said.wav"), Signal.Sine(500, 1, 0.2));
        context.Response.StatusCode = StatusCodes.Status200OK;
        await context.Response.Body.WriteAsync(
            await File.ReadAllBytesAsync(_folder.File("said.wav"), context.RequestAborted), context.RequestAborted);
    }

    private async Task FailAsync(HttpContext context, string kind)
    {
        var (answer, gone) = (context.Response, context.RequestAborted);
        switch (kind)
        {
            case "error":
                answer.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case "too many":
                answer.StatusCode = StatusCodes.Status429TooManyRequests;
                break;
            case "refused":
                answer.StatusCode = StatusCodes.Status402PaymentRequired;
                break;
            case "redirect" when context.Request.Path == "/":
                answer.Redirect("/elsewhere", permanent: false, preserveMethod: true);
                break;
            case "redirect":
                await SayAsync(context);
                break;
            case "silence":
                context.Abort();
                break;
            case "slow":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
                break;
            case "dripping":
                await answer.Body.WriteAsync("RIFF"u8.ToArray(), gone);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
                break;
            case "broken off":
                answer.ContentLength = 100_000;
                await answer.Body.WriteAsync(await WavAsync(Signal.Sine(500, 1, 0.2)), gone);
                await answer.Body.FlushAsync(gone);
                context.Abort();
                break;
            case "words":
                await answer.WriteAsync("<html>Hết tiền rồi", gone);
                break;
            case "garbage":
                await answer.Body.WriteAsync((byte[])[.. "RIFF"u8, 9, 9, 9, 9, .. "WAVEfmt "u8, .. new byte[500]], gone);
                break;
            case "silent sound":
                await answer.Body.WriteAsync(await WavAsync(Signal.Silence(2)), gone);
                break;
            case "huge":
                answer.ContentLength = 1_000_001;
                await answer.Body.WriteAsync(await WavAsync(Signal.Sine(500, 1, 0.2)), gone);
                break;
            case "endless":
                var sound = await WavAsync(Signal.Sine(500, 10, 0.2));
                while (!gone.IsCancellationRequested)
                {
                    await answer.Body.WriteAsync(sound, gone);
                }

                break;
            case "long headers":
                answer.Headers["X-Long"] = new string('x', 100_000);
                await SayAsync(context);
                break;
        }
    }

    private async Task<byte[]> WavAsync(float[] samples)
    {
        Signal.WriteWav(_folder.File("said.wav"), samples);
        return await File.ReadAllBytesAsync(_folder.File("said.wav"));
    }
}
