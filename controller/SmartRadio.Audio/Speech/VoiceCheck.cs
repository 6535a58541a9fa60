using System.Text.Json;
using Microsoft.Extensions.Options;

namespace SmartRadio.Audio.Speech;

/// <summary>Stops the start where a voice cannot speak.</summary>
internal sealed class VoiceCheck(EspeakSynthesizer espeak) : IValidateOptions<VoiceOptions>
{
    // Whatever a text holds, the host stays and JSON stays JSON.
    private const string Trial = "a\"b\\c/d?e#f@g:h";

    public ValidateOptionsResult Validate(string? name, VoiceOptions options)
    {
        var own = espeak.Voices.Select(voice => voice.Id).ToList();
        var ids = own.Concat(options.Programs.Select(program => program.Id))
            .Concat(options.Services.Select(service => service.Id)).ToList();
        var fault = options.Programs.Any(each => !Path.IsPathRooted(each.Program)) || ids.Contains(string.Empty)
            ? "Each voice needs an Id and the whole path of its Program, or the Address of its service."
            : ids.Count != ids.Distinct(StringComparer.Ordinal).Count() ? "Two voices have the same Id."
            : !own.Contains(options.Fallback, StringComparer.Ordinal) ? "Fallback must be a voice of espeak-ng."
            : !options.Programs.All(
                each => each.Timeout > TimeSpan.Zero && each.Timeout <= VoiceService.LongestTry && each.MemoryMegabytes > 0)
                ? $"Each program needs a Timeout up to {VoiceService.LongestTry} and a MemoryMegabytes of at least 1."
            : options.Services.Select(FaultOf).FirstOrDefault(each => each is not null);
        return fault is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{VoiceOptions.Section}: {fault}");
    }

    // Names the setting and not its value, which may hold a secret.
    private static string? FaultOf(VoiceService service)
    {
        var address = ServiceRequest.AddressOf(service, Trial, new VoiceChoice(service.Id));
        var said = address is null ? "needs an Address that begins with http:// or https:// and has one host and no password"
            : !HoldsText(service) ? "needs {text} in its Address or its Body"
            : !IsJson(service) ? "needs a Body that is JSON, with {text} within quotes"
            : service.SecretFile.Length > 0 ? FaultOfSecret(service, address) : null;
        said ??= service.Timeout <= TimeSpan.Zero || service.Timeout > VoiceService.LongestTry
                || service.RetryAfter < TimeSpan.Zero || service.RetryAfter > VoiceService.LongestTry
            ? $"needs a Timeout and a RetryAfter up to {VoiceService.LongestTry}"
            : service.Retries is < 0 or > VoiceService.MostRetries ? $"needs Retries from 0 to {VoiceService.MostRetries}"
            : service.MaxBytes is < 1 or > VoiceService.MostBytes ? $"needs MaxBytes up to {VoiceService.MostBytes}" : null;
        return said is null ? null : $"The service {service.Id} {said}.";
    }

    private static string? FaultOfSecret(VoiceService service, Uri address) =>
        address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback
            ? "has a secret, which goes over https or within this machine only"
            : ServiceRequest.SecretOf(service) is null
                ? "needs a SecretFile of one line of ASCII and a SecretHeader such as Authorization: Bearer {secret}"
                : null;

    private static bool HoldsText(VoiceService service) =>
        (service.Address + service.Body).Contains(VoiceTemplate.Text, StringComparison.Ordinal);

    private static bool IsJson(VoiceService service)
    {
        try
        {
            using var parsed = service.Body.Length > 0
                ? JsonDocument.Parse(ServiceRequest.BodyOf(service, Trial, new VoiceChoice(service.Id)))
                : null;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
