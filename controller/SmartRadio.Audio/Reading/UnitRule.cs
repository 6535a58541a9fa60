namespace SmartRadio.Audio.Reading;

/// <summary>Units without a number: "tính bằng km/h".</summary>
internal sealed class UnitRule : IReadingRule
{
    public Match? Match(Passage passage, int at) =>
        passage.StartsWord(at) || !char.IsLetter(passage[at]) ? Units.Alone(passage, at) : null;
}
