namespace SmartRadio.Simulation;

/// <summary>All that goes wrong by itself while it storms: lines, power, flash, fingers on the stop button, the controller's machine.</summary>
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
        AimedCuts();
    }

    public void Storm()
    {
        IsStorming = true;
        foreach (var node in nodes)
        {
            node.Reach.Note(false);
            node.Line.Weather = Weather.Fair;
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

    /// <summary>Power likes to go when the amplifiers come on: a little before five some nodes have only bytes left to write.</summary>
    private void AimedCuts()
    {
        const long day = 86_400_000_000;
        const long beforeFive = (22 * 3600 * 1_000_000L) - 1_000_000; // 04:59:59 in Viet Nam, in µs of the UTC day
        var next = (agenda.Now / day * day) + beforeFive;
        agenda.At(next > agenda.Now ? next : next + day, () =>
        {
            foreach (var node in nodes)
            {
                if (IsStorming && chance.Of(0.06))
                {
                    node.Flash.PowerLeft = chance.Between(0, 4000);
                }
            }

            AimedCuts();
        });
    }
}
