using System.Globalization;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>Says every ten seconds how a large fleet is doing, and what is new of what it heard.</summary>
internal sealed class FleetWatch(FleetSetting setting, int nodes)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancel)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var said = new HashSet<string>(StringComparer.Ordinal);
        while (!cancel.IsCancellationRequested)
        {
            await Task.Delay(Interval, setting.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var used = Environment.CpuUsage.TotalTime - cpu;
            cpu += used;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{setting.Connected} of {nodes} connected, {setting.Heard.Playing} playing; {Environment.WorkingSet / (1024.0 * 1024):F0} MB resident, {used / Interval:F2} cores"));
            foreach (var line in setting.Heard.Lines(nodes).Where(said.Add))
            {
                Console.WriteLine(line);
            }
        }
    }
}
