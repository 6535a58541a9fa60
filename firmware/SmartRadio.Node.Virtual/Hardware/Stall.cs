using System.Globalization;
using SmartRadio.Node.Virtual.Fleet;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>Nothing of a node but its output's ring runs for so long, again and again.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="Every">Seconds from one to the next; the first comes after as many.</param>
internal sealed record Stall(int Seconds, int Every)
{
    private const int Longest = 60;

    /// <summary>Reads such as 3s@30.</summary>
    /// <exception cref="FleetException">It is none.</exception>
    public static Stall Parse(string text)
    {
        var parts = text.Split("s@");
        return parts.Length == 2 && TryRead(parts[0], out var seconds) && TryRead(parts[1], out var every)
            && seconds is >= 1 and <= Longest && every > seconds
            ? new Stall(seconds, every)
            : throw new FleetException($"'{text}' is no standstill such as 3s@30: 1 to {Longest} seconds, in each so many more.");
    }

    private static bool TryRead(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
