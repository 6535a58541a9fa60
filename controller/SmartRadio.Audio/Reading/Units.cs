using System.Collections.Frozen;
using System.Reflection;

namespace SmartRadio.Audio.Reading;

/// <summary>Units of measurement and money after a number, from <c>units.tsv</c>.</summary>
internal static class Units
{
    private static readonly FrozenDictionary<char, Unit[]> ByFirst = ReadingTable.Load(
        "units.tsv", fields => new Unit(fields[0], fields[1], fields[2] == "alone", fields[2] == "unsure"),
        unit => unit.Written);

    /// <summary>The unit that stands at a place, after at most one space, or null.</summary>
    public static Match? At(Passage passage, int at)
    {
        var start = passage[at] == ' ' ? at + 1 : at;
        return Find(passage, start) is not { } unit || (unit.IsUnsure && start > at)
            ? null
            : new Match(start + unit.Written.Length, unit.Spoken, unit.IsUnsure ? ReadingDoubt.Unit : ReadingDoubt.None);
    }

    /// <summary>A unit that is read without a number too: "tính bằng km/h".</summary>
    public static Match? Alone(Passage passage, int at) =>
        Find(passage, at) is { IsAlone: true } unit ? new Match(at + unit.Written.Length, unit.Spoken) : null;

    private static Unit? Find(Passage passage, int at)
    {
        if (ByFirst.TryGetValue(passage[at], out var units))
        {
            foreach (var unit in units)
            {
                if (passage.HasExactly(at, unit.Written) && EndsHere(passage, at + unit.Written.Length, unit.Written[^1])
                    && !IsComrade(passage, at, unit))
                {
                    return unit;
                }
            }
        }

        return null;
    }

    // "có 5 đ/c"
    private static bool IsComrade(Passage passage, int at, Unit unit) =>
        unit.Written is "đ" or "Đ" && passage.Has(at + 1, "/c") && passage.EndsWord(at + 3);

    private static bool EndsHere(Passage passage, int end, char last) =>
        !char.IsLetter(last) || (passage.EndsWord(end) && passage[end] is not ('²' or '³'));

    private sealed record Unit(string Written, string Spoken, bool IsAlone, bool IsUnsure);
}

/// <summary>The tables of the reading, in this library.</summary>
internal static class ReadingTable
{
    /// <summary>Rows by the first character of what is written, the longest first.</summary>
    public static FrozenDictionary<char, T[]> Load<T>(string name, Func<string[], T> rowOf, Func<T, string> writtenOf)
    {
        var path = $"{typeof(ReadingTable).Namespace}.{name}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"{name} is not in the library.");
        using var reader = new StreamReader(stream);
        var rows = new List<T>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                rows.Add(rowOf([.. line.Split('\t'), string.Empty, string.Empty]));
            }
        }

        return rows.GroupBy(row => writtenOf(row)[0]).ToFrozenDictionary(
            group => group.Key, group => group.OrderByDescending(row => writtenOf(row).Length).ToArray());
    }
}
