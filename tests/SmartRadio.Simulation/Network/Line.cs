namespace SmartRadio.Simulation;

/// <summary>Who hangs on a line: a node, or the controller.</summary>
internal interface IEndpoint
{
    void Receive(string topic, byte[] payload, bool retained);
}

/// <summary>One connection to the broker, and what the broker keeps for it while it is away.</summary>
internal sealed class Line(string name, IEndpoint endpoint)
{
    private long _lastOut;
    private long _lastIn;

    public string Name { get; } = name;

    public IEndpoint Endpoint { get; } = endpoint;

    public Weather Weather { get; set; } = Weather.Fair;

    public bool IsUp { get; set; }

    /// <summary>When a message that is sent now arrives. On a calm line none overtakes another, as TCP has it.</summary>
    /// <param name="now">µs.</param>
    /// <param name="delay">Its own delay.</param>
    /// <param name="outward">From the endpoint to the broker.</param>
    public long Arrival(long now, TimeSpan delay, bool outward)
    {
        var at = now + delay.Microseconds();
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

    /// <summary>Reliable messages for an endpoint that is away, with the instants (µs) at which they expire.</summary>
    public List<(string Topic, byte[] Payload, long Expires)> Kept { get; } = [];
}
