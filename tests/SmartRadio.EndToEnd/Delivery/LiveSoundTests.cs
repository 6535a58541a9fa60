using System.Globalization;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Delivery;

/// <summary>What must sound, or be silent, at once.</summary>
[Trait(Instants.Category, Instants.Name)]
public sealed class LiveSoundTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sound_begins_before_the_object_is_there_and_one_press_silences_it(bool overMosquitto)
    {
        await using var broker = overMosquitto ? await MosquittoProcess.StartAsync() : null;
        // At 4 KiB/s the object of a minute needs two minutes.
        await using var radio = await RadioProcess.StartedAsync(broker, demo: 3, ("ObjectRate", "4096"));
        var nodes = await radio.Api.NodesAsync();
        var path = await Speech.MakeAsync(Speech.Announcement, radio.FileOf("long.mp3"), seconds: 60);
        var bulletin = await radio.Api.ApprovedAsync(path);

        var pressed = DateTimeOffset.UtcNow;
        var broadcast = await radio.Api.AirAsync(bulletin.Id, "normal", nodes);
        await Poll.UntilAsync(
            "all have played four seconds",
            () => nodes.All(node => radio.Recording(node.Id).Samples.Length > 4 * Recording.Rate));
        await CheckBeginningAsync(radio, nodes, broadcast, pressed);

        pressed = DateTimeOffset.UtcNow;
        await radio.Api.StopAllAsync();
        var proof = await Poll.UntilAsync(
            "all have told of the stop", () => radio.Api.BroadcastAsync(broadcast.Id),
            seen => seen.Nodes.All(receipt => receipt.EndedAt is not null));
        Assert.Equal("stopped", proof.State);
        foreach (var receipt in proof.Nodes)
        {
            Report($"{receipt.NodeId}: silent {(receipt.EndedAt!.Value - pressed).TotalMilliseconds:F0} ms after the press");
            Assert.Equal(("interrupted", "stopped"), (receipt.State, receipt.Reason));
            Assert.InRange(receipt.EndedAt.Value - pressed, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
            await radio.RecordingAsync(receipt, broadcast.Id);
        }

        // It stays silent: nothing came in the time in which the stream would have sent a second.
        await Poll.UntilAsync(pressed + TimeSpan.FromSeconds(3));
        Assert.All(
            proof.Nodes,
            receipt => Assert.InRange(
                radio.Recording(receipt.NodeId).Samples.Length - receipt.Samples, 0, RadioProcess.MostUnclaimed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Emergency_cuts_off_what_is_on_air(bool overMosquitto)
    {
        await using var broker = overMosquitto ? await MosquittoProcess.StartAsync() : null;
        await using var radio = await RadioProcess.StartedAsync(broker, demo: 2);
        var nodes = await radio.Api.NodesAsync();
        var news = await radio.Api.ApprovedAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("news.ogg"), seconds: 40));
        var warning = await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Warning, radio.FileOf("warning.ogg")));
        var running = await radio.Api.AirAsync(news.Id, "normal", nodes);
        await Poll.UntilAsync(
            "the news is heard", () => nodes.All(node => radio.Recording(node.Id).Samples.Length > Recording.Rate));

        var pressed = DateTimeOffset.UtcNow;
        var emergency = await radio.Api.AirAsync(warning.Id, "emergency", nodes);
        await CheckHeardAsync(radio, warning.Id, emergency.Id, pressed);

        var proof = await radio.Api.BroadcastAsync(running.Id);
        Assert.All(proof.Nodes, receipt => Assert.Equal(("interrupted", "preempted"), (receipt.State, receipt.Reason)));
        Assert.All(
            nodes, node =>
                Assert.Equal([running.Id, emergency.Id], radio.Recording(node.Id).Starts.Select(start => start.Broadcast)));
    }

    [Fact]
    public async Task Emergency_alone_is_heard_in_quiet_hours()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        var nodes = await radio.Api.NodesAsync();
        var warning = await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Warning, radio.FileOf("warning.mp3")));
        var now = TimeOnly.FromDateTime(VietnamTime.Of(DateTimeOffset.UtcNow));
        var province = (await radio.Api.AreasAsync()).First(area => area.ParentId is null);
        await radio.Api.SetQuietHoursAsync(province.Id, now.AddHours(-1), now.AddHours(2));

        Assert.Equal("InQuietHours", (await radio.Api.RefusalToAirAsync(warning.Id, "normal", nodes)).Code);
        Assert.Equal("InQuietHours", (await radio.Api.RefusalToAirAsync(warning.Id, "priority", nodes)).Code);
        var pressed = DateTimeOffset.UtcNow;
        var emergency = await radio.Api.AirAsync(warning.Id, "emergency", nodes);
        await CheckHeardAsync(radio, warning.Id, emergency.Id, pressed);
    }

    private async Task CheckBeginningAsync(
        RadioProcess radio, IReadOnlyList<NodeAnswer> nodes, BroadcastAnswer broadcast, DateTimeOffset pressed)
    {
        var expected = await ExpectedAsync(radio, broadcast.BulletinId);
        foreach (var node in nodes)
        {
            var recording = radio.Recording(node.Id);
            var start = Assert.Single(recording.Starts);
            var likeness = Likeness.Of(expected.AsSpan(0, 3 * Recording.Rate), recording.Of(broadcast.Id), Recording.Rate / 10);
            var late = start.Instant + TimeSpan.FromSeconds((double)likeness.Lag / Recording.Rate) - broadcast.Start;
            Report($"{node.Id}: stream heard {(start.Instant - pressed).TotalSeconds:F2} s after the press, correlation {likeness.Correlation:F4}, {late.TotalMilliseconds:+0.0;-0.0} ms off");
            Assert.InRange(likeness.Correlation, 0.95, 1.001);
            Assert.InRange(late.TotalMilliseconds, -50, 50);
        }
    }

    private async Task CheckHeardAsync(RadioProcess radio, long bulletin, long emergency, DateTimeOffset pressed)
    {
        var proof = await Poll.UntilAsync(
            "all have played the warning",
            () => radio.Api.BroadcastAsync(emergency),
            seen => seen.Nodes.All(receipt => receipt.State == "played"));
        var expected = await ExpectedAsync(radio, bulletin);
        foreach (var receipt in proof.Nodes)
        {
            var recording = await radio.RecordingAsync(receipt, emergency);
            var start = recording.Starts.Single(start => start.Broadcast == emergency).Instant;
            // A node that comes a moment late to its stream leaves out what others have already said, and is in step with them.
            var likeness = Likeness.Of(expected, recording.Of(emergency), Recording.Rate);
            var late = start + TimeSpan.FromSeconds((double)likeness.Lag / Recording.Rate) - proof.Start;
            Report($"{receipt.NodeId}: warning heard {(start - pressed).TotalSeconds:F2} s after the press, correlation {likeness.Correlation:F4}, lag {likeness.Lag}, {late.TotalMilliseconds:+0.0;-0.0} ms off");
            Assert.InRange(start - pressed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
            Assert.InRange(likeness.Correlation, 0.95, 1.001);
            Assert.InRange(late.TotalMilliseconds, -50, 50);
        }
    }

    private static async Task<short[]> ExpectedAsync(RadioProcess radio, long bulletin)
    {
        var master = radio.FileOf("master.wav");
        await File.WriteAllBytesAsync(master, await radio.Api.SoundAsync(bulletin));
        return await Speech.HeardAsync(master);
    }

    private void Report(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
