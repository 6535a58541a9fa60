using System.Globalization;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>
/// Says how a fleet is doing and what is new of what it heard: a large one every ten seconds, a small one when links change.
/// </summary>
internal sealed class FleetWatch(FleetSetting setting, int nodes, bool isLarge)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IntervalOfFew = TimeSpan.FromSeconds(2);

    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private IReadOnlyList<string> _before = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(isLarge ? Interval : IntervalOfFew, setting.Time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // At the end all links go, which is no news.
            if (!cancellationToken.IsCancellationRequested)
            {
                SayNews();
            }
        }
    }

    private void SayNews()
    {
        var lines = Lines();
        foreach (var line in lines.Except(_before, StringComparer.Ordinal))
        {
            setting.Say(line);
        }

        _before = lines;
    }

    private List<string> Lines()
    {
        var counts = setting.Links.Counts(nodes);
        return isLarge ? [$"{counts}, {Load()}", .. setting.Links.Examples(), .. setting.Heard.Lines(nodes)]
            : [counts, .. setting.Links.Examples()];
    }

    private string Load()
    {
        var used = Environment.CpuUsage.TotalTime - _cpu;
        _cpu += used;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{setting.Heard.Playing} playing; {Environment.WorkingSet / (1024.0 * 1024):F0} MB resident, {used / Interval:F2} cores");
    }
}
