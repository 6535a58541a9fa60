using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Network;

/// <summary>Who hangs on a line: a node, or the controller.</summary>
internal interface IEndpoint
{
    void Receive(string topic, byte[] payload, bool retained);
}

/// <summary>One connection to the broker, and what the broker keeps for it while it is away.</summary>
internal sealed class Line(Agenda agenda, IEndpoint endpoint)
{
    private long _lastOut;
    private long _lastIn;

    public IEndpoint Endpoint { get; } = endpoint;

    public Weather Weather
    {
        get;
        set
        {
            field = value;
            Note();
        }
    } = Weather.Fair;

    public bool IsUp
    {
        get;
        set
        {
            field = value;
            Note();
        }
    }

    /// <summary>When it was up and not rough: most of what was sent came through.</summary>
    public Spells Carries { get; } = new(agenda);

    /// <summary>When it was up and lost nothing.</summary>
    public Spells CarriesAll { get; } = new(agenda);

    /// <summary>When a message that is sent now arrives. On a calm line none overtakes another, as TCP has it.</summary>
    /// <param name="delay">Its own delay.</param>
    /// <param name="outward">From the endpoint to the broker.</param>
    public long Arrival(TimeSpan delay, bool outward)
    {
        var at = agenda.Now + delay.Microseconds();
        if (!Weather.IsCalm)
        {
            return at;
        }

        ref var last = ref outward ? ref _lastOut : ref _lastIn;
        last = Math.Max(at, last + 1);
        return last;
    }

    /// <summary>Nothing comes through any more, also not what is on its way.</summary>
    public void Drop()
    {
        IsUp = false;
        Connection++;
    }

    /// <summary>Rises with every connection: what travelled on an earlier one does not arrive.</summary>
    public int Connection { get; set; }

    public HashSet<string> Filters { get; } = new(StringComparer.Ordinal);

    private void Note()
    {
        Carries.Note(IsUp && !Weather.IsRough);
        CarriesAll.Note(IsUp && Weather.IsCalm);
    }
}
