using System.Globalization;
using System.Net;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Clock;

/// <summary>
/// A jump of the clock as a figure. All programs of one process share a figure of one name, and the last to tell wins: no other
/// program may run beside this one.
/// </summary>
[CollectionDefinition(nameof(ClockFigureTests), DisableParallelization = true)]
[Collection(nameof(ClockFigureTests))]
public sealed class ClockFigureTests : IAsyncLifetime
{
    private readonly RadioHost _radio = new();

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task Jump_is_a_figure_and_does_not_make_the_program_unready()
    {
        var jump = TimeSpan.FromHours(31);
        using var program = _radio.Program();
        _radio.Machine.Shift = jump;

        // An answer is kept for a moment: the first may be of before.
        await Poll.UntilAsync(
            "the figure tells of the jump", async () => Ahead(await program.GetStringAsync(new Uri("/metrics", UriKind.Relative))),
            ahead => Math.Abs(ahead - jump.TotalSeconds) < 1);

        Assert.Equal(HttpStatusCode.OK, (await program.FetchAsync("/health/ready")).StatusCode);
    }

    private static double Ahead(string text) => double.Parse(
        text.Split('\n').Single(line => line.StartsWith("smartradio_clock_ahead_seconds", StringComparison.Ordinal)).Split(' ')[1],
        CultureInfo.InvariantCulture);
}
