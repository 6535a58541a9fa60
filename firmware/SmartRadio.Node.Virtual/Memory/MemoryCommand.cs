using System.CommandLine;
using System.Globalization;

namespace SmartRadio.Node.Virtual.Memory;

/// <summary>smartradio-node memory: the table of docs/firmware-memory.md, measured anew.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var command = new Command("memory", "Measure what a node holds in memory in each state, against its budget.");
        command.SetAction(_ => Print());
        return command;
    }

    /// <returns>0 when every state is within its budget and reached.</returns>
    private static int Print()
    {
        var rows = MemoryTable.Measure();
        Console.WriteLine("| state | bytes on .NET | on the device | budget | made and dropped |\n|---|---:|---:|---:|---|");
        foreach (var row in rows)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {row.State} | {row.Live:N0} | {row.Device:N0} | {row.Budget:N0} | {row.Churn} |"));
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| taking the largest message (plan of 64 entries) | | | | {MemoryTable.LargestMessage():N0} once |"));
        return rows.All(row => row.IsWithinBudget) ? 0 : 1;
    }
}
