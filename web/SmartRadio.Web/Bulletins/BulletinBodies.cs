using System.ComponentModel;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Bulletins;

/// <summary>A text to be spoken, and how.</summary>
public sealed record SpeechBody(
    [property: Description("One line, at most 200 characters. Example: \"Lịch cắt điện\".")] string Title,
    [property: Description("What is spoken, at most 20,000 characters.")] string Text,
    [property: Description("Id of a voice, see /api/v1/voices. Example: \"north\".")] string Voice,
    [property: Description("The area whose bulletin it is; without it the caller's own, or all together.")] long? AreaId = null)
{
    [Description("The pace, 0.7 to 1.5; 1 is the voice's own.")]
    public double Speed { get; init; } = VoiceChoice.UsualSpeed;

    [Description("0 to 99; 50 is the voice's own.")]
    public int Pitch { get; init; } = VoiceChoice.UsualPitch;

    [Description("What sounds first. Without it twoTone, and none where emergency is true. A siren takes the right to alert.")]
    public Cue? Opening { get; init; }

    [Description("What sounds last. Without it none.")]
    public Cue? Closing { get; init; }

    [Description("Silence after the words in seconds, 0 to 60.")]
    public double PauseSeconds { get; init; }

    [Description("The bulletin of origin melody that opens or closes, where that is chosen.")]
    public long? MelodyId { get; init; }

    [Description("The bulletin that this one replaces once it is approved.")]
    public long? PreviousId { get; init; }

    [Description("The bulletin is meant for an emergency: it has no opening unless one is asked for.")]
    public bool Emergency { get; init; }

    internal BulletinFrame Frame() => new()
    {
        Opening = Opening,
        Closing = Closing ?? Cue.None,
        Pause = FormValues.Seconds(PauseSeconds, "pauseSeconds"),
        MelodyId = MelodyId,
        IsEmergency = Emergency,
    };
}

/// <summary>The words of a bulletin in another language.</summary>
public sealed record LanguageBody(
    [property: Description("Its name, as the area's order has it. Example: \"Cơ Tu\".")] string Language,
    [property: Description("What is spoken, at most 20,000 characters.")] string Text,
    [property: Description("Id of a voice, see /api/v1/voices.")] string Voice)
{
    [Description("The pace, 0.7 to 1.5; 1 is the voice's own.")]
    public double Speed { get; init; } = VoiceChoice.UsualSpeed;

    [Description("0 to 99; 50 is the voice's own.")]
    public int Pitch { get; init; } = VoiceChoice.UsualPitch;
}

/// <summary>Why a bulletin goes back to its author.</summary>
public sealed record RemarkBody([property: Description("What to mend, at most 500 characters.")] string Remark);

/// <summary>What is kept of a bulletin's words.</summary>
public sealed record TrimBody(
    [property: Description("Where the kept words begin, in seconds of the whole sound.")] double FromSeconds,
    [property: Description("Where they end, in seconds of the whole sound.")] double ToSeconds)
{
    internal TrimRequest Request(long id) => new(
        id, FormValues.Seconds(FromSeconds, "fromSeconds"), FormValues.Seconds(ToSeconds, "toSeconds"));
}

/// <summary>The fields around the file of an upload, named as those of <see cref="SpeechBody"/>.</summary>
internal static class UploadFields
{
    /// <exception cref="RefusedException"><see cref="Refusal.Malformed"/> with the field's name.</exception>
    public static UploadRequest Read(IFormCollection form, Stream content, long? areaId) => new(form["title"].ToString(), content)
    {
        AreaId = areaId,
        IsMelody = Yes(form, "melody"),
        PreviousId = FormValues.OptionalId(form["previousId"], "previousId"),
        Frame = new BulletinFrame
        {
            Opening = CueOf(form, "opening"),
            Closing = CueOf(form, "closing") ?? Cue.None,
            Pause = FormValues.Seconds(form["pauseSeconds"], "pauseSeconds"),
            MelodyId = FormValues.OptionalId(form["melodyId"], "melodyId"),
            IsEmergency = Yes(form, "emergency"),
        },
    };

    private static bool Yes(IFormCollection form, string field) => (string?)form[field] switch
    {
        null or "" or "false" => false,
        "true" => true,
        _ => throw new RefusedException(Refusal.Malformed, field),
    };

    private static Cue? CueOf(IFormCollection form, string field) => (string?)form[field] is not { Length: > 0 } text
        ? null
        : FormValues.Choice<Cue>(text) ?? throw new RefusedException(Refusal.Malformed, field);
}
