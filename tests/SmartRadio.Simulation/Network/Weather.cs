using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Network;

/// <summary>How a line treats messages.</summary>
/// <param name="Shortest">Least delay.</param>
/// <param name="Longest">Usual longest delay; messages overtake each other within it.</param>
/// <param name="Loss">Share lost.</param>
/// <param name="Twice">Share that arrives twice.</param>
/// <param name="Stuck">Share held for up to half a minute.</param>
internal sealed record Weather(TimeSpan Shortest, TimeSpan Longest, double Loss, double Twice, double Stuck)
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(30);

    public static Weather Calm { get; } = new(TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(60), 0, 0, 0);

    public static Weather Fair { get; } = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(400), 0.01, 0.01, 0.005);

    public static Weather Rough { get; } = new(TimeSpan.FromMilliseconds(80), TimeSpan.FromSeconds(3), 0.10, 0.06, 0.05);

    public bool IsCalm => ReferenceEquals(this, Calm);

    public bool IsRough => ReferenceEquals(this, Rough);

    /// <summary>The delays after which copies of one message arrive: none, one or two.</summary>
    public IEnumerable<TimeSpan> Fate(Chance chance)
    {
        if (Loss > 0 && chance.Of(Loss))
        {
            yield break;
        }

        yield return Delay(chance);
        if (Twice > 0 && chance.Of(Twice))
        {
            yield return Delay(chance) + chance.Spread(TimeSpan.FromMilliseconds(50), LongestHold);
        }
    }

    private TimeSpan Delay(Chance chance) =>
        Stuck > 0 && chance.Of(Stuck) ? chance.Between(Longest, LongestHold) : chance.Between(Shortest, Longest);
}
