using System.Globalization;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;

namespace SmartRadio.EndToEnd.Clock;

/// <summary>
/// The wall clock of the controller's machine is set wrong and right again; that of the loudspeaker's is another.
/// </summary>
[Trait(Instants.Category, Instants.Name)]
public sealed class MachineClockTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public Task Jump_of_a_day_moves_no_broadcast_no_node_and_no_emergency() => Task.WhenAll(JumpAsync(1), JumpAsync(-1));

    private async Task JumpAsync(int days)
    {
        using var clock = new FakedClock();
        await using var radio = new RadioProcess(demo: 1) { Clock = clock };
        await radio.StartAsync();
        var own = await radio.Api.EnrolAsync("Loa", (await radio.Api.AreasAsync())[^1].Id);
        await using var process = await NodeProcess.StartAsync(radio, own);
        var node = (await radio.NodesOnlineAsync(2)).Where(each => each.Id == own.Id).ToList();
        var news = await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Announcement, radio.FileOf("news.ogg")));
        var warning = await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Warning, radio.FileOf("warning.ogg")));
        Assert.Equal("followed", (await radio.Api.ClockAsync()).State);
        // A node asks for the time about every 17 s.
        var start = VietnamTime.Ahead(TimeSpan.FromSeconds(40));
        var broadcast = await radio.Api.AirAsync(news.Id, "normal", node, start);

        clock.Set(days * Day);
        var jumped = await Poll.UntilAsync("the jump is noticed", radio.Api.ClockAsync, seen => seen.State == "jumped");
        Assert.InRange((jumped.Machine - DateTimeOffset.UtcNow - (days * Day)).TotalSeconds, -10, 2);
        Assert.InRange((jumped.Program - DateTimeOffset.UtcNow).TotalSeconds, -10, 0.1);
        var proof = await Poll.UntilAsync(
            "it is over", () => radio.Api.BroadcastAsync(broadcast.Id), seen => seen.State != "planned", Patience);
        Assert.InRange(DateTimeOffset.UtcNow - start, TimeSpan.Zero, Patience);
        Assert.True(await radio.ReadyAsync());
        await CheckAsync(radio, proof, start, TimeSpan.FromMilliseconds(-50), TimeSpan.FromMilliseconds(50));

        clock.Set(TimeSpan.Zero);
        var pressed = DateTimeOffset.UtcNow;
        var emergency = await radio.Api.AirAsync(warning.Id, "emergency", node);
        proof = await Poll.UntilAsync(
            "it is over", () => radio.Api.BroadcastAsync(emergency.Id), seen => seen.State != "planned", Patience);
        await CheckAsync(radio, proof, pressed, TimeSpan.Zero, TimeSpan.FromSeconds(3));

        await Poll.UntilAsync("the clock is trusted again", radio.Api.ClockAsync, seen => seen.State == "followed");
        Assert.Contains("clock jumped by", radio.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("No link to the MQTT broker", radio.Process.Output, StringComparison.Ordinal);
        Assert.Single(process.OutputLines, line => line.Contains("connected to the broker", StringComparison.Ordinal));
    }

    private async Task CheckAsync(
        RadioProcess radio, BroadcastAnswer proof, DateTimeOffset from, TimeSpan earliest, TimeSpan latest)
    {
        var receipt = Assert.Single(proof.Nodes);
        Assert.Equal(("finished", "played"), (proof.State, receipt.State));
        var recording = await Poll.UntilAsync(
            "all samples are in the file",
            () => Task.FromResult(Recording.Read(radio.FileOf($"{receipt.NodeId}.own"), receipt.NodeId)),
            each => each.Of(proof.Id).Length == receipt.Samples);
        var late = Assert.Single(recording.Starts, each => each.Broadcast == proof.Id).Instant - from;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture, $"broadcast {proof.Id} began {late.TotalMilliseconds:+0;-0} ms after {from:O}"));
        Assert.InRange(late, earliest, latest);
    }
}
