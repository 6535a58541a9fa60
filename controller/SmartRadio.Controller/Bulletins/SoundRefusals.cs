using SmartRadio.Audio;

namespace SmartRadio.Controller.Bulletins;

/// <summary>What the sound library's refusals mean to the person who asked.</summary>
internal static class SoundRefusals
{
    private const int LongestQuote = 60;

    public static RefusedException Of(AudioRefusedException refused, AudioOptions limits, BulletinOrigin origin) =>
        refused.Reason switch
        {
            AudioRefusal.Empty => new(BulletinRefusal.FileEmpty),
            AudioRefusal.NotAudio => new(BulletinRefusal.NotAudio),
            AudioRefusal.Truncated => new(BulletinRefusal.Truncated, refused.EndsAt),
            AudioRefusal.Unfinished => new(BulletinRefusal.Unfinished),
            AudioRefusal.TooLong => new(BulletinRefusal.SoundTooLong, limits.MaxLength),
            AudioRefusal.Silent => new(BulletinRefusal.Silent),
            AudioRefusal.NoText => new(Refusal.TextMissing),
            AudioRefusal.TextTooLong => new(Refusal.TextTooLong, limits.MaxTextLength),
            AudioRefusal.UnknownVoice => new(BulletinRefusal.UnknownVoice),
            AudioRefusal.TimedOut => new(BulletinRefusal.PreparationTimedOut),
            AudioRefusal.ToolKilled => new(BulletinRefusal.PreparationKilled),
            AudioRefusal.ToolCrashed when refused.Piece is { } piece =>
                new(BulletinRefusal.SpeechCrashed, PlainText.Shortened(piece, LongestQuote)),
            AudioRefusal.ToolCrashed => new(BulletinRefusal.FileCrashed),
            AudioRefusal.DiskFull => new(Refusal.DiskFull),
            AudioRefusal.FfmpegMissing => new(BulletinRefusal.FfmpegMissing),
            AudioRefusal.EspeakMissing => new(BulletinRefusal.EspeakMissing),
            _ => new(origin == BulletinOrigin.Speech ? BulletinRefusal.SpeechFailed : BulletinRefusal.PreparationFailed),
        };

    /// <summary>Whether the voice failed, and neither the text nor this machine.</summary>
    public static bool IsOfVoice(AudioRefusedException refused) => refused.Reason is not
        (AudioRefusal.NoText or AudioRefusal.TextTooLong or AudioRefusal.TooLong or AudioRefusal.DiskFull);
}
