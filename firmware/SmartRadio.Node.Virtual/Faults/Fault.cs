using System.Globalization;
using SmartRadio.Node.Virtual.Fleet;

namespace SmartRadio.Node.Virtual.Faults;

/// <summary>What can befall a virtual node.</summary>
internal enum FaultKind
{
    /// <summary>The power goes, in mid-sentence.</summary>
    Unplug,

    /// <summary>The power is back.</summary>
    Plug,

    /// <summary>The network cable is cut.</summary>
    Cut,

    /// <summary>The cable is mended.</summary>
    Mend,

    /// <summary>Water is in the line to the horns: hardly any voltage is left on it.</summary>
    Wet,

    /// <summary>The line to the horns is broken: without load the voltage rises.</summary>
    Open,

    /// <summary>The line to the horns is well again.</summary>
    Dry,

    /// <summary>Somebody presses the stop button on the node.</summary>
    Stop,

    /// <summary>A thief with the node's secret connects in its place and tries what can be done with it.</summary>
    Steal,
}

/// <summary>One thing that befalls one node.</summary>
/// <param name="Kind">What.</param>
/// <param name="Node">Which, counted from 1.</param>
/// <param name="After">How long after the start.</param>
internal sealed record Fault(FaultKind Kind, int Node, TimeSpan After)
{
    private const int LongestWait = 7 * 24 * 3600;

    /// <summary>
    /// Reads KIND[:NODE][@SECONDS], such as unplug:3@30; without a node it is the first, without a time at once.
    /// </summary>
    /// <exception cref="FleetException">It is none.</exception>
    public static Fault Parse(string text)
    {
        var (what, after) = Split(text.Trim().TrimEnd('s'), '@');
        var (name, node) = Split(what, ':');
        return Enum.TryParse<FaultKind>(name, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            && name.All(char.IsAsciiLetter)
            && TryNumber(node ?? "1", out var number) && number > 0 && TryNumber(after ?? "0", out var seconds)
            && seconds <= LongestWait
            ? new Fault(kind, number, TimeSpan.FromSeconds(seconds))
            : throw new FleetException($"'{text}' is no fault such as unplug:3@30, at most a week ahead. There are {Kinds}.");
    }

    /// <summary>Itself, when there is such a node.</summary>
    /// <exception cref="FleetException">There is none.</exception>
    public Fault Checked(int nodes) => Node <= nodes
        ? this
        : throw new FleetException(
            $"There is no node {Node} for {Kind.ToString().ToLowerInvariant()} to befall: {(nodes == 1 ? "there is one" : $"the fleet has {nodes}")}.");

    private static string Kinds => string.Join(", ", Enum.GetNames<FaultKind>().Select(name => name.ToLowerInvariant()));

    private static (string Left, string? Right) Split(string text, char at) =>
        text.Split(at, 2) is [var left, var right] ? (left, right) : (text, null);

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
