using SmartRadio.Audio;

namespace SmartRadio.Controller.Bulletins;

/// <summary>What the sound library's refusals mean to the person who asked.</summary>
internal static class SoundRefusals
{
    public static RefusedException Of(AudioRefusedException refused, AudioOptions limits, BulletinOrigin origin) => refused.Reason switch
    {
        AudioRefusal.Empty => new(Refusal.FileEmpty),
        AudioRefusal.NotAudio => new(Refusal.NotAudio),
        AudioRefusal.Truncated => new(Refusal.Truncated),
        AudioRefusal.TooLong => new(Refusal.SoundTooLong, limits.MaxLength),
        AudioRefusal.Silent => new(Refusal.Silent),
        AudioRefusal.NoText => new(Refusal.TextMissing),
        AudioRefusal.TextTooLong => new(Refusal.TextTooLong, limits.MaxTextLength),
        AudioRefusal.UnknownVoice => new(Refusal.UnknownVoice),
        AudioRefusal.TimedOut => new(Refusal.PreparationTimedOut),
        AudioRefusal.DiskFull => new(Refusal.DiskFull),
        AudioRefusal.FfmpegMissing => new(Refusal.FfmpegMissing),
        AudioRefusal.EspeakMissing => new(Refusal.EspeakMissing),
        _ => new(origin == BulletinOrigin.Speech ? Refusal.SpeechFailed : Refusal.PreparationFailed),
    };
}
