using SmartRadio.Simulation.Controller;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.Nodes;

namespace SmartRadio.Simulation.World;

/// <summary>
/// All that goes wrong by itself while it storms: lines, power, flash, fingers on the stop button, the controller's machine.
/// </summary>
internal sealed class Misfortune(Agenda agenda, Headquarters house, IReadOnlyList<SimulatedNode> nodes, Chance chance)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public bool IsStorming { get; private set; }

    public void Begin()
    {
        foreach (var node in nodes)
        {
            Often(4 * Hour, () => node.Line.Weather = chance.Of(0.7) ? Weather.Fair : Weather.Rough);
            Often(14 * Hour, () => Cut(node));
            Often(40 * Hour, () => TakePower(node));
            Often(90 * Hour, node.PressStop);
            Often(90 * Hour, () => node.Flash.Wear(chance));
        }

        house.Killed = () => agenda.After(chance.Spread(2 * Second, Hour), house.Start);
        Often(9 * Hour, KillController);
        Often(15 * Hour, CutController);
        Daily(new TimeOnly(4, 59, 59), AimCuts);
        Daily(new TimeOnly(5, 0, 0), AimKill);
        Daily(new TimeOnly(17, 0, 0), AimKill);
    }

    public void Storm()
    {
        IsStorming = true;
        foreach (var node in nodes)
        {
            node.Line.Weather = Weather.Fair;
        }
    }

    /// <summary>All lines are rough.</summary>
    public void Squall()
    {
        foreach (var node in nodes)
        {
            node.Line.Weather = Weather.Rough;
        }
    }

    /// <summary>Everything works again.</summary>
    public void Calm()
    {
        IsStorming = false;
        house.Start();
        house.Reconnect();
        house.Run!.KillSwitch.Left = null;
        foreach (var node in nodes)
        {
            node.Flash.PowerLeft = null;
            node.Line.Weather = Weather.Calm;
            node.PowerOn();
            node.LineUp();
        }
    }

    private void Often(TimeSpan mean, Action what) => agenda.After(chance.Wait(mean), () =>
    {
        if (IsStorming)
        {
            what();
        }

        Often(mean, what);
    });

    private void Cut(SimulatedNode node)
    {
        node.LineDown();
        agenda.After(chance.Spread(5 * Second, 20 * Hour), node.LineUp);
    }

    private void TakePower(SimulatedNode node)
    {
        if (chance.Of(0.5))
        {
            node.Flash.PowerLeft = chance.Between(0, 6000);
            return;
        }

        node.PowerOff();
        agenda.After(chance.Spread(3 * Second, 8 * Hour), node.PowerOn);
    }

    private void KillController()
    {
        if (house.Run is not { } run)
        {
            return;
        }

        if (chance.Of(0.7))
        {
            run.KillSwitch.Left = chance.Between(0, 80);
            return;
        }

        house.Kill();
        house.Killed();
    }

    private void CutController()
    {
        house.CutOff();
        agenda.After(chance.Spread(3 * Second, Hour), house.Reconnect);
    }

    /// <summary>
    /// Power likes to go when the amplifiers come on: a little before five some nodes have only bytes left to write.
    /// </summary>
    private void AimCuts()
    {
        foreach (var node in nodes.Where(_ => chance.Of(0.06)))
        {
            node.Flash.PowerLeft = chance.Between(0, 4000);
        }
    }

    /// <summary>Everybody's receipts arrive together when a bulletin ends: often the controller is killed over them.</summary>
    private void AimKill()
    {
        if (chance.Of(0.4) && house.Run is not null)
        {
            agenda.After(chance.Between(2 * Second, 9 * Second), () =>
            {
                if (IsStorming && house.Run is { } run)
                {
                    run.KillSwitch.Left = chance.Between(1, 8);
                }
            });
        }
    }

    /// <summary>At an hour of Viet Nam, on every day on which it storms.</summary>
    private void Daily(TimeOnly hour, Action what)
    {
        const long day = 86_400_000_000;
        var ofDay = (hour.ToTimeSpan() - TimeSpan.FromHours(7)).Microseconds();
        var next = (agenda.Now / day * day) + ((ofDay + day) % day);
        agenda.At(next > agenda.Now ? next : next + day, () =>
        {
            if (IsStorming)
            {
                what();
            }

            Daily(hour, what);
        });
    }
}
