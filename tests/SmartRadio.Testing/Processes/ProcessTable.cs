using System.Diagnostics;
using System.Globalization;

namespace SmartRadio.Testing.Processes;

/// <summary>Processes as the kernel of Linux lists them.</summary>
public static class ProcessTable
{
    /// <summary>False for one that has ended, whether or not its parent has taken note.</summary>
    public static bool IsRunning(int id) => Stat(id) is { } stat && stat[0] != "Z";

    public static IReadOnlyList<int> ChildrenOf(int parent) =>
        [.. Process.GetProcesses().Select(each => each.Id)
            .Where(id => Stat(id) is { } stat && int.Parse(stat[1], CultureInfo.InvariantCulture) == parent)];

    /// <summary>State, parent and what follows them in /proc/ID/stat (proc(5)); null when there is no such process.</summary>
    private static string[]? Stat(int id)
    {
        try
        {
            // "id (name) state parent ...": the name may hold anything, so it is read from its end.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
