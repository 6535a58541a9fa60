using System.Collections.Concurrent;

namespace SmartRadio.Simulation.World;

/// <summary>
/// Runs everything that awaits on the one thread of its world, in order, when it is told to. Whatever comes from another thread
/// has left the simulation, and the run would not replay: that is an error of the simulation, never waited for.
/// </summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Call, object? State)> _ready = new();
    private readonly ConcurrentQueue<string> _strays = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>What this context was made for has been killed: nothing of it runs any more.</summary>
    public bool IsDead { get; set; }

    public bool IsHere => Environment.CurrentManagedThreadId == _thread;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!IsHere)
        {
            _strays.Enqueue(Environment.StackTrace);
            return;
        }

        if (!IsDead)
        {
            _ready.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing here waits for another thread.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs something of this context, and all that follows from it at this instant.</summary>
    public void Run(Action what)
    {
        if (IsDead)
        {
            return;
        }

        var outside = Current;
        SetSynchronizationContext(this);
        try
        {
            what();
            while (!IsDead && _ready.TryDequeue(out var next))
            {
                next.Call(next.State);
            }
        }
        finally
        {
            SetSynchronizationContext(outside);
        }

        if (_strays.TryPeek(out var stray))
        {
            throw new InvalidOperationException("Something ran on another thread and cannot be replayed:\n" + stray);
        }
    }
}
