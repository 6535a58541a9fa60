using System.Globalization;
using System.Net.Sockets;
using System.Text;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Hosting;

/// <summary>kill -9 at the worst moments: what was promised happens, once, or is recorded as missed.</summary>
[Trait(Instants.Category, Instants.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Broadcast_airs_once_after_a_kill_between_scheduling_and_airing()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        var nodes = await radio.Api.NodesAsync();
        var bulletin = await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Announcement, radio.FileOf("speech.ogg")));
        // With 12 s a busy machine once began 94 ms late: program and nodes start anew within it.
        var start = VietnamTime.Ahead(TimeSpan.FromSeconds(20));
        await radio.Api.ScheduleAsync(bulletin.Id, nodes, start, toleranceSeconds: 10);

        // As when the power fails: the program and its nodes, without a word.
        await radio.Process.KillAsync(children: true);
        await radio.StartAsync();

        var proof = await EndAsync(radio, start);
        Assert.All(proof.Nodes, receipt => Assert.Equal("played", receipt.State));
        foreach (var receipt in proof.Nodes)
        {
            var recording = await radio.RecordingAsync(receipt, proof.Id);
            var late = (Assert.Single(recording.Starts).Instant - start).TotalMilliseconds;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture, $"{receipt.NodeId}: {recording.Samples.Length} samples, {late:+0;-0} ms off"));
            Assert.InRange(late, -50, 50);
            Assert.InRange(
                recording.Samples.Length / (double)Recording.Rate, bulletin.LengthSeconds - 0.1, bulletin.LengthSeconds + 0.1);
        }
    }

    [Fact]
    public async Task Broadcast_killed_on_air_is_not_repeated_and_its_receipt_is_true()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 1);
        var nodes = await radio.Api.NodesAsync();
        var bulletin = await radio.Api.ApprovedAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("speech.flac"), seconds: 30));
        var proof = await radio.Api.AirAsync(bulletin.Id, "normal", nodes);
        var id = proof.Id;
        await Poll.UntilAsync("a second has been heard", () => radio.Recording(nodes[0].Id).Samples.Length > Recording.Rate);

        await radio.Process.KillAsync(children: true);
        var heard = radio.Recording(nodes[0].Id).Samples.Length;
        await radio.StartAsync();

        proof = await Poll.UntilAsync(
            "the node tells of it", () => radio.Api.BroadcastAsync(id), seen => seen.Nodes[0].EndedAt is not null);
        Assert.Equal("interrupted", proof.Nodes[0].State);
        Assert.Single(radio.Recording(nodes[0].Id).Starts);
        Assert.Equal(heard, radio.Recording(nodes[0].Id).Samples.Length);
    }

    [Fact]
    public async Task Broadcast_is_missed_and_silent_after_a_kill_beyond_its_tolerance()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        var nodes = await radio.Api.NodesAsync();
        var bulletin = await radio.Api.ApprovedAsync(await Speech.MakeAsync(Speech.Announcement, radio.FileOf("speech.wav")));
        var start = VietnamTime.Ahead(TimeSpan.FromSeconds(4));
        await radio.Api.ScheduleAsync(bulletin.Id, nodes, start, toleranceSeconds: 1);

        // The program alone: its nodes must not live on without it.
        var children = radio.Process.Children();
        Assert.NotEmpty(children);
        await radio.Process.KillAsync(children: false);
        await Poll.UntilAsync(
            "the nodes have ended too", () => !children.Any(ProcessTable.IsRunning), start - DateTimeOffset.UtcNow);
        await Poll.UntilAsync(start + TimeSpan.FromSeconds(1.5));
        await radio.StartAsync();

        var proof = await EndAsync(radio, start);
        Assert.All(proof.Nodes, receipt => Assert.Equal("missed", receipt.State));
        Assert.All(nodes, node => Assert.Empty(radio.Recording(node.Id).Samples));
    }

    [Fact]
    public async Task Upload_lies_below_the_data_and_is_swept_after_a_kill()
    {
        await using var radio = new RadioProcess();
        await radio.StartAsync();
        var incoming = Path.Combine(radio.Data, "incoming");
        using var socket = new TcpClient("127.0.0.1", radio.Port);
        await using var line = socket.GetStream();
        await line.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/v1/bulletins HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n"
            + $"Authorization: Bearer {(await File.ReadAllTextAsync(radio.KeyFile)).Trim()}\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tin.wav\"\r\n\r\n"));
        await line.WriteAsync(new byte[1_000_000]);
        await Poll.UntilAsync("the upload is spooled", () => Directory.EnumerateFiles(incoming).Any());

        await radio.Process.KillAsync(children: true);
        await radio.StartAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(incoming));
    }

    /// <summary>The one broadcast there is, once every node has accounted for it.</summary>
    private static async Task<BroadcastAnswer> EndAsync(RadioProcess radio, DateTimeOffset start)
    {
        var broadcast = Assert.Single(await radio.Api.BroadcastsAsync());
        Assert.Equal(start, broadcast.Start);
        return await Poll.UntilAsync(
            "the broadcast is over",
            () => radio.Api.BroadcastAsync(broadcast.Id),
            proof => proof.State is "finished" or "missed",
            TimeSpan.FromSeconds(45));
    }
}
