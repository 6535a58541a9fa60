using System.Net;
using Microsoft.Extensions.Options;
using SmartRadio.Audio.Files;

namespace SmartRadio.Audio.Speech;

/// <summary>
/// Voices of services that the settings name, asked over HTTP. A service is trusted with nothing: its answer is limited in time
/// and size, is followed to no other address, and has to begin as a sound does. Nothing of it is told to anybody.
/// </summary>
internal sealed class ServiceSynthesizer(IOptions<VoiceOptions> voices, IOptions<AudioOptions> options, TimeProvider clock)
    : ISpeechSynthesizer, IDisposable
{
    private const int FirstBytes = 12; // as many as tell WAV
    private const int MaxHeaderKilobytes = 16;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None, // so that the limit counts what is stored
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        ActivityHeadersPropagator = null, // it learns nothing of what goes on here
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // so that a name that moves is looked up again
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each try has its own
    };

    private enum Outcome
    {
        Spoken,

        /// <summary>It broke off or is busy: another try may do.</summary>
        Busy,

        TimedOut,

        /// <summary>It refused, or gave no sound: another try would not do.</summary>
        NoSound,
    }

    public IReadOnlyList<Voice> Voices { get; } = [.. voices.Value.Services.Select(service => Voice.Of(
        service.Id, service.Name, service.EnglishName, service.Language))];

    public void Dispose() => _client.Dispose();

    public async Task<string> SpeakAsync(string text, VoiceChoice voice, string path, CancellationToken cancellationToken)
    {
        var spoken = SpokenText.Clean(text, options.Value.MaxTextLength);
        var service = voices.Value.Services.First(each => each.Id == voice.Id);
        for (var left = service.Retries; ; left--)
        {
            var outcome = await TryAsync(service, spoken, voice, path, cancellationToken);
            if (outcome == Outcome.Spoken)
            {
                return voice.Id;
            }

            if (outcome == Outcome.NoSound || left == 0)
            {
                var reason = outcome == Outcome.TimedOut ? AudioRefusal.TimedOut : AudioRefusal.ToolFailed;
                throw new AudioRefusedException(reason, $"The service of voice {service.Id}: {outcome}.");
            }

            await Task.Delay(service.RetryAfter, clock, cancellationToken);
        }
    }

    private async Task<Outcome> TryAsync(
        VoiceService service, string text, VoiceChoice voice, string path, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(service.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = ServiceRequest.Of(service, text, voice);
            return request is null
                ? Outcome.NoSound
                : await AskAsync(request, service.MaxBytes, path, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Outcome.TimedOut;
        }
        catch (IOException error) when (FullDisk.Is(error))
        {
            throw FullDisk.Refusal(error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Outcome.Busy;
        }
    }

    private async Task<Outcome> AskAsync(
        HttpRequestMessage request, long most, string path, CancellationToken cancellationToken)
    {
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            var mayPass = answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError;
            return mayPass ? Outcome.Busy : Outcome.NoSound;
        }

        if (answer.Content.Headers.ContentLength > most)
        {
            return Outcome.NoSound;
        }

        using var file = new NewFile(path);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        if (!await TakeAsync(content, most, file.Stream, cancellationToken))
        {
            return Outcome.NoSound;
        }

        file.Keep();
        return Outcome.Spoken;
    }

    // What it declares to be its type is not asked: Piper's server calls its WAV files HTML.
    private static async Task<bool> TakeAsync(Stream content, long most, Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var read = await content.ReadAtLeastAsync(buffer, FirstBytes, throwOnEndOfStream: false, cancellationToken);
        long total = 0;
        for (var isSound = IsSound(buffer.AsSpan(0, read)); isSound && read > 0;
            read = await content.ReadAsync(buffer, cancellationToken))
        {
            if ((total += read) > most)
            {
                return false;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return total > 0;
    }

    // MP3 begins with its tag or with the eleven bits that begin each of its frames.
    private static bool IsSound(ReadOnlySpan<byte> start) =>
        (start.StartsWith("RIFF"u8) && start.Length >= FirstBytes && start[8..].StartsWith("WAVE"u8))
        || start.StartsWith("OggS"u8) || start.StartsWith("fLaC"u8) || start.StartsWith("ID3"u8)
        || (start.Length > 1 && start[0] == 0xFF && start[1] >= 0xE0);
}
