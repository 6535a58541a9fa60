using SmartRadio.Simulation.Controller;

namespace SmartRadio.Simulation.World;

/// <summary>
/// Puts the wall clock of the controller's machine forward or back, and right again before the program believes it.
/// </summary>
internal sealed class ClockJumps(Agenda agenda, Headquarters house, Chance chance)
{
    private static readonly TimeSpan Mean = TimeSpan.FromHours(10);
    private static readonly TimeSpan Smallest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Largest = TimeSpan.FromDays(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(9);

    public void Begin() => agenda.After(chance.Wait(Mean), () =>
    {
        if (house.Run is { } run)
        {
            run.Machine.Jump = chance.Spread(Smallest, Largest) * (chance.Of(0.5) ? 1 : -1);
            agenda.After(chance.Spread(Shortest, Longest), () => run.Machine.Jump = TimeSpan.Zero);
        }

        Begin();
    });
}
