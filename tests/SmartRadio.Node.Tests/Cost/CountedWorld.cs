using System.Reflection;
using System.Runtime.Loader;

namespace SmartRadio.Node.Tests.Cost;

/// <summary>
/// A second copy of the node and of this bench, in which the node counts its instructions. The copy talks to this one by types
/// of the class library alone.
/// </summary>
internal sealed class CountedWorld : AssemblyLoadContext
{
    private static readonly string[] Counted = ["SmartRadio.Protocol", "SmartRadio.Node"];
    private static readonly string[] Copied = ["SmartRadio.Node.Tests", "smartradio-node"];

    private readonly CountingAssembly _counting = new();
    private readonly IReadOnlyDictionary<string, byte[]> _rewritten;

    public CountedWorld()
        : base("counted", isCollectible: true) =>
        _rewritten = _counting.Rewrite([.. Counted.Select(PathOf)]);

    /// <summary>Lives the lives of <see cref="CountedLives"/> in the copy.</summary>
    public IReadOnlyList<CountedCall> Live()
    {
        var counter = LoadFromAssemblyName(new AssemblyName(Counted[0])).GetType(CountingAssembly.CounterType)!;
        var counts = new long[_counting.Methods.Count];
        counter.GetField("Counts")!.SetValue(null, counts);
        var calls = new List<CountedCall>();
        var before = new long[counts.Length];
        var lives = LoadFromAssemblyPath(PathOf(Copied[0])).GetType(typeof(CountedLives).FullName!)!;
        Action start = () => counts.CopyTo(before, 0);
        Action<string, string, long> end = (stage, call, at) =>
            calls.Add(new CountedCall(stage, call, at, Difference(before, counts), _counting.Methods));
        lives.GetMethod(nameof(CountedLives.Run), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [start, end]);
        return calls;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (_rewritten.TryGetValue(name, out var content))
        {
            using var stream = new MemoryStream(content);
            return LoadFromStream(stream);
        }

        return Copied.Contains(name) ? LoadFromAssemblyPath(PathOf(name)) : null;
    }

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");

    private static Dictionary<int, long> Difference(long[] before, long[] after)
    {
        var difference = new Dictionary<int, long>();
        for (var i = 0; i < after.Length; i++)
        {
            if (after[i] != before[i])
            {
                difference[i] = after[i] - before[i];
            }
        }

        return difference;
    }
}
