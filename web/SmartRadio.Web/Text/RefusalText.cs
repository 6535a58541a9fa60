using Microsoft.Extensions.Localization;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Web.Text;

/// <summary>The sentence a person reads when something was refused.</summary>
internal sealed class RefusalText(IStringLocalizer<RefusalText> sentences, Format wording)
{
    public string Of(RefusedException refused)
    {
        string sentence = sentences[refused.Refusal, [.. refused.Values.Select(value => Readable(refused.Refusal, value))]];
        return refused.Subject is { } subject ? sentences["AboutFile", subject, sentence] : sentence;
    }

    public string Of(string refusal) => sentences[refusal];

    private object Readable(string refusal, object value) => value switch
    {
        long bytes when refusal == BulletinRefusal.FileTooLarge => bytes / 1_000_000,
        DateTimeOffset instant => wording.Planned(instant),
        DateOnly day => Format.Day(day),
        TimeOnly clock => Format.Clock(clock),
        TimeSpan length => Format.Length(length),
        _ => value,
    };
}
