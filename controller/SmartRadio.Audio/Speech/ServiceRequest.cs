using System.Text;
using System.Text.Json;

namespace SmartRadio.Audio.Speech;

/// <summary>What a voice service is asked.</summary>
internal static class ServiceRequest
{
    private const string Secret = "{secret}";
    private const int LongestSecret = 4096; // far longer than any token, and short enough for a header

    /// <summary>The request, or null where the settings do not give one.</summary>
    public static HttpRequestMessage? Of(VoiceService service, string text, VoiceChoice voice)
    {
        var secret = service.SecretFile.Length > 0 ? SecretOf(service) : null;
        if (AddressOf(service, text, voice) is not { } address || (service.SecretFile.Length > 0 && secret is null))
        {
            return null;
        }

        var request = new HttpRequestMessage(service.Body.Length > 0 ? HttpMethod.Post : HttpMethod.Get, address);
        if (service.Body.Length > 0)
        {
            request.Content = new StringContent(BodyOf(service, text, voice), Encoding.UTF8, "application/json");
        }

        if (secret is { } header)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return request;
    }

    /// <summary>Where the service is asked for this text; null where that is no address of one host.</summary>
    public static Uri? AddressOf(VoiceService service, string text, VoiceChoice voice) =>
        Uri.TryCreate(VoiceTemplate.Fill(service.Address, voice, Uri.EscapeDataString(text)), UriKind.Absolute, out var filled)
            && Uri.TryCreate(VoiceTemplate.Fill(service.Address, voice, "x"), UriKind.Absolute, out var other)
            && (filled.Scheme == Uri.UriSchemeHttp || filled.Scheme == Uri.UriSchemeHttps)
            && filled.Authority == other.Authority && filled.UserInfo.Length == 0 && filled.Fragment.Length == 0
                ? filled
                : null;

    public static string BodyOf(VoiceService service, string text, VoiceChoice voice) =>
        VoiceTemplate.Fill(service.Body, voice, JsonEncodedText.Encode(text).Value);

    /// <summary>The header that bears the secret; null where its file or the setting does not give one.</summary>
    public static (string Name, string Value)? SecretOf(VoiceService service)
    {
        var parts = service.SecretHeader.Split(':', 2, StringSplitOptions.TrimEntries);
        if (parts is not [{ Length: > 0 } name, var value] || !value.Contains(Secret, StringComparison.Ordinal)
            || !name.All(each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_'))
        {
            return null;
        }

        try
        {
            if (new FileInfo(service.SecretFile).Length > LongestSecret)
            {
                return null;
            }

            var secret = File.ReadAllText(service.SecretFile).Trim();
            return secret.Length > 0 && secret.All(each => each is >= ' ' and <= '~')
                ? (name, value.Replace(Secret, secret, StringComparison.Ordinal))
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
