using SmartRadio.Audio.Speech;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Speech;

/// <summary>Settings of a service that cannot speak, or would tell its secret, stop the start.</summary>
public sealed class VoiceSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("https://tts.example.vn/say?t={text}", "")]
    [InlineData("http://192.0.2.1:5000/", "{\"text\":\"{text}\",\"length_scale\":{length}}")]
    public void Service_that_can_be_asked_is_taken(string address, string body) =>
        Assert.Null(Fault(service => (service.Address, service.Body) = (address, body)));

    [Theory]
    [InlineData("ftp://tts.example.vn/{text}", "")]
    [InlineData("file:///etc/passwd?{text}", "")]
    [InlineData("/say?t={text}", "")]
    [InlineData("http://{text}.example.vn/", "")]
    [InlineData("http://tts.example.vn{text}/", "")]
    [InlineData("http://user:password@tts.example.vn/?t={text}", "")]
    [InlineData("http://tts.example.vn/#{text}", "")]
    [InlineData("http://tts.example.vn/", "")]
    [InlineData("http://tts.example.vn/", "{\"text\":{text}}")]
    [InlineData("http://tts.example.vn/", "text={text}")]
    public void Service_that_cannot_be_asked_stops_the_start(string address, string body) =>
        Assert.NotNull(Fault(service => (service.Address, service.Body) = (address, body)));

    [Fact]
    public void Secret_goes_over_https_or_within_this_machine_only()
    {
        File.WriteAllText(_folder.File("secret"), "hush");
        string? FaultAt(string address) => Fault(service =>
            (service.Address, service.SecretFile) = (address, _folder.File("secret")));

        Assert.NotNull(FaultAt("http://tts.example.vn/?t={text}"));
        Assert.Null(FaultAt("https://tts.example.vn/?t={text}"));
        Assert.Null(FaultAt("http://127.0.0.1:5000/?t={text}"));
    }

    [Theory]
    [InlineData(null, "Authorization: Bearer {secret}")]
    [InlineData("", "Authorization: Bearer {secret}")]
    [InlineData("two\nlines", "Authorization: Bearer {secret}")]
    [InlineData("mật", "Authorization: Bearer {secret}")]
    [InlineData("hush", "Authorization: Bearer")]
    [InlineData("hush", "{secret}")]
    [InlineData("hush", "A B: {secret}")]
    public void Secret_that_fits_no_header_stops_the_start_untold(string? secret, string header)
    {
        if (secret is not null)
        {
            File.WriteAllText(_folder.File("secret"), secret);
        }

        var fault = Fault(service => (service.SecretFile, service.SecretHeader) = (_folder.File("secret"), header));

        Assert.NotNull(fault);
        Assert.DoesNotContain(secret is { Length: > 0 } ? secret : "hush", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(601, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 6, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 1_000_000_001)]
    public void Limits_out_of_range_stop_the_start(int seconds, int retries, long bytes) => Assert.NotNull(Fault(service =>
        (service.Timeout, service.Retries, service.MaxBytes) = (TimeSpan.FromSeconds(seconds), retries, bytes)));

    [Theory]
    [InlineData("")]
    [InlineData("north")]
    public void Service_needs_an_id_of_its_own(string id) => Assert.NotNull(Fault(service => service.Id = id));

    private static string? Fault(Action<VoiceService> change)
    {
        var service = new VoiceService { Id = "loa", Address = "https://tts.example.vn/?t={text}" };
        change(service);
        var options = new VoiceOptions();
        options.Services.Add(service);
        return new VoiceCheck(Studio.Voices()).Validate(null, options).FailureMessage;
    }
}
