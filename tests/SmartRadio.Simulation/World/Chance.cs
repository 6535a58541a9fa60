namespace SmartRadio.Simulation.World;

/// <summary>
/// All chance in a simulated world comes from its seed. Each part draws from its own source, so that one does not disturb
/// another.
/// </summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A source for one part, named so that it is the same in every run.</summary>
    public static Chance For(int seed, string part)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 2166136261u ^ (uint)seed;
        foreach (var letter in part)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return new Chance((int)(hash & int.MaxValue));
    }

    public bool Of(double probability) => _random.NextDouble() < probability;

    /// <summary>A whole number from the first up to, not including, the second.</summary>
    public int Between(int from, int to) => _random.Next(from, to);

    public T OneOf<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    public TimeSpan Between(TimeSpan from, TimeSpan to) => from + ((to - from) * _random.NextDouble());

    /// <summary>As often short as long: each power of ten between the two is as likely as another.</summary>
    public TimeSpan Spread(TimeSpan from, TimeSpan to) => from * Math.Pow(to / from, _random.NextDouble());

    /// <summary>The wait for something that comes on average so often and remembers nothing.</summary>
    public TimeSpan Wait(TimeSpan mean) => mean * -Math.Log(1 - _random.NextDouble());
}
