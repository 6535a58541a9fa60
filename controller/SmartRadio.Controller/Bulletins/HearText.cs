using SmartRadio.Audio.Speech;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Bulletins;

/// <param name="Text">At most <see cref="HearText.LongestText"/> characters.</param>
/// <param name="Voice">Id of a voice.</param>
/// <param name="AreaId">The area whose words are used; null = those of all together.</param>
public sealed record HearRequest(string Text, string Voice, long? AreaId);

/// <summary>Lets a person hear how a few words are said in an area, as a bulletin of them would sound. Nothing is kept.</summary>
public sealed class HearText(BulletinSound sound, VoiceScript script, RightsCheck access)
{
    /// <summary>Enough for a sentence; the longest is said in about a minute.</summary>
    public const int LongestText = 300;

    /// <returns>The sound as MP3, whatever the voice gives.</returns>
    /// <exception cref="RefusedException">
    /// Text or voice is not accepted, all places are taken, a program is missing, or the disk is full.
    /// </exception>
    public async Task<byte[]> HandleAsync(HearRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var text = PlainText.Speech(request.Text, LongestText);
        var voice = new VoiceChoice(request.Voice);
        sound.CheckVoice(voice);
        await access.CheckAsync(actor, Right.Write, request.AreaId, cancellationToken);
        var person = actor.PersonId ?? throw new RefusedException(Refusal.NotAllowed);
        var words = await script.ReadAsync(text, request.Voice, request.AreaId, cancellationToken);

        using var draft = sound.Begin(text, BulletinOrigin.Speech, person, mayAlert: false);
        await sound.SpeakAsync(draft, words, voice, cancellationToken);
        await sound.PrepareAsync(draft, new PartPlan([], []), progress: null, cancellationToken);
        return File.ReadAllBytes(draft.Preview);
    }
}
