namespace SmartRadio.Audio.Speech;

/// <summary>A service that is asked over HTTP and answers with a sound: WAV, Ogg, FLAC or MP3.</summary>
public sealed class VoiceService
{
    internal const int MostRetries = 5;
    internal const long MostBytes = 1_000_000_000;
    internal static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(10);

    /// <summary>Of the voice.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>What the voice is called on a Vietnamese screen; empty = its id.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What the voice is called on an English screen; empty = its Vietnamese name.</summary>
    public string EnglishName { get; set; } = string.Empty;

    /// <summary>
    /// The name of its language as areas have it; empty = Vietnamese. What a voice of another language is given is not read by
    /// Vietnamese rules, and no Vietnamese voice speaks in its place.
    /// </summary>
    public string Language { get; set; } = string.Empty;

    /// <summary>
    /// Where it is asked, http or https. <c>{text}</c> is what is spoken, <c>{speed}</c> the pace, <c>{length}</c> its inverse,
    /// <c>{pitch}</c> 0 to 99; the host is always the same.
    /// </summary>
    public string Address { get; set; } = string.Empty;

    /// <summary>JSON with the same words in braces, <c>{text}</c> within quotes: sent by POST. Empty = asked by GET.</summary>
    public string Body { get; set; } = string.Empty;

    /// <summary>The file of a secret, one line; it is read for each text. Empty = none.</summary>
    public string SecretFile { get; set; } = string.Empty;

    /// <summary>The header that bears the secret in place of <c>{secret}</c>.</summary>
    public string SecretHeader { get; set; } = "Authorization: Bearer {secret}";

    /// <summary>The longest that one try may take, its whole answer included; at most <see cref="LongestTry"/>.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is asked again where it is silent, busy or breaks off; 0 to <see cref="MostRetries"/>.</summary>
    public int Retries { get; set; } = 1;

    /// <summary>The wait before it is asked again; at most <see cref="LongestTry"/>.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The largest answer in bytes, at most <see cref="MostBytes"/>. 50,000,000 are 18 minutes of WAV at Piper's 22,050 Hz.
    /// </summary>
    public long MaxBytes { get; set; } = 50_000_000;
}
