namespace SmartRadio.Simulation.World;

/// <summary>
/// A number that two runs share only when the same happened in both. Contents are left out: stream keys are random.
/// </summary>
internal sealed class Trace
{
    public ulong Digest { get; private set; } = 14695981039346656037;

    public void Note(long first, long second, long third)
    {
        Mix(first);
        Mix(second);
        Mix(third);
    }

    private void Mix(long value) => Digest = unchecked((Digest ^ (ulong)value) * 1099511628211);
}
