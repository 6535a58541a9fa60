using Microsoft.Extensions.Localization;
using SmartRadio.Controller;

namespace SmartRadio.Web.Text;

/// <summary>The sentence a person reads when something was refused.</summary>
internal sealed class RefusalText(IStringLocalizer<RefusalText> sentences, Format wording)
{
    public string Of(RefusedException refused) =>
        sentences[refused.Refusal.ToString(), [.. refused.Values.Select(value => Readable(refused.Refusal, value))]];

    public string Of(Refusal refusal) => sentences[refusal.ToString()];

    private object Readable(Refusal refusal, object value) => value switch
    {
        long bytes when refusal == Refusal.FileTooLarge => bytes / 1_000_000,
        DateTimeOffset instant => wording.Instant(instant),
        DateOnly day => Format.Day(day),
        TimeOnly clock => Format.Clock(clock),
        TimeSpan length => Format.Length(length),
        _ => value,
    };
}
