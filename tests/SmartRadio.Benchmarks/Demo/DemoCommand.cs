namespace SmartRadio.Benchmarks.Demo;

/// <summary>The whole system as people start it, with its demo commune, over the embedded broker and over mosquitto.</summary>
internal static class DemoCommand
{
    private static readonly string[] Brokers = ["embedded", "mosquitto"];

    /// <param name="nodes">Virtual nodes.</param>
    /// <param name="broker">One of the two, or null for both.</param>
    /// <returns>0 when every aim holds.</returns>
    public static async Task<int> RunAsync(int nodes, string? broker)
    {
        var reports = new List<string>();
        var isGood = true;
        foreach (var each in Brokers.Where(name => broker is null || broker == name))
        {
            await using var system = await DemoSystem.StartAsync(nodes, withMosquitto: each == "mosquitto");
            var run = await new DemoRun(system, nodes).PlayAsync();
            isGood &= run.IsGood;
            reports.Add($"{each} broker, {nodes:N0} nodes\n{run.Table()}");
        }

        Console.WriteLine(Report.Machine.Describe());
        reports.ForEach(Console.WriteLine);
        return reports.Count > 0 && isGood ? 0 : 1;
    }
}
