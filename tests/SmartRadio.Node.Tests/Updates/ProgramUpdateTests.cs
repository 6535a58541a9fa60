using SmartRadio.Node.Objects;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using SmartRadio.Protocol.Objects;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Updates;

public class ProgramUpdateTests
{
    private readonly Station _station = new Station { HasLoader = true }.Boot().Connect().RunFor(5000);

    [Fact]
    public void Update_is_fetched_started_and_kept_once_the_controller_was_heard()
    {
        Install("2.0");
        Assert.NotEqual(0, _station.Restarts);
        Assert.Equal((UpdateState.Staged, "2.0"), Last());

        Reboot().Connect().RunFor(10_000);

        Assert.Equal("2.0", _station.Hellos[^1].Firmware);
        Assert.Equal((UpdateState.None, ""), Last());
        Reboot().Connect().RunFor(10_000);
        Assert.Equal("2.0", _station.Firmware);
    }

    [Fact]
    public void Update_that_hears_no_controller_in_five_minutes_is_rolled_back()
    {
        Install("2.0");
        Reboot().RunFor(299_000);
        Assert.Equal(("2.0", 0), (_station.Firmware, _station.Restarts));

        _station.RunFor(3000);
        Assert.NotEqual(0, _station.Restarts);
        Reboot().Connect().RunFor(5000);

        Assert.Equal("test", _station.Firmware);
        Assert.Equal((UpdateState.RolledBack, "2.0"), Last());
    }

    [Fact]
    public void Update_that_is_reset_in_its_trial_is_not_started_again()
    {
        Install("2.0");
        Reboot();
        Assert.Equal("2.0", _station.Firmware);

        Reboot();

        Assert.Equal("test", _station.Firmware);
    }

    [Fact]
    public void Update_may_be_tried_again_after_it_was_rolled_back()
    {
        Install("2.0");
        Reboot();
        Reboot().Connect().RunFor(5000);
        Install("2.0");
        Reboot().Connect().RunFor(5000);

        Assert.Equal("2.0", _station.Firmware);
        Assert.Equal((UpdateState.None, ""), Last());
    }

    [Fact]
    public void Update_goes_into_the_slot_that_does_not_run()
    {
        Install("2.0");
        Reboot().Connect().RunFor(10_000);
        Install("3.0");
        Reboot();
        Assert.Equal("3.0", _station.Firmware);

        Reboot();

        Assert.Equal("2.0", _station.Firmware);
    }

    [Fact]
    public void Update_waits_until_nothing_is_on_air_or_about_to_be()
    {
        var start = _station.World.Now + 60_000;
        var sound = _station.Serve(80_000);
        _station.Plan(Entry(1, sound, start)).RunFor(8000);
        Install("2.0");

        Assert.Equal(0, _station.Restarts);
        _station.RunTo(start + 5000);
        Assert.Equal(0, _station.Restarts);
        _station.RunTo(start + 20_000);
        Assert.NotEqual(0, _station.Restarts);
        Assert.Equal(sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Update_to_the_version_that_runs_changes_nothing()
    {
        Install("test");

        Assert.Equal(0, _station.Restarts);
        Assert.Equal((UpdateState.None, ""), Last());
    }

    [Fact]
    public void Update_that_is_no_release_fails_and_is_not_started()
    {
        Send("2.0", _station.Serve(new byte[9000]));
        _station.RunFor(60_000);

        Assert.Equal(0, _station.Restarts);
        Assert.Equal((UpdateState.Failed, "2.0"), Last());
    }

    [Fact]
    public void Update_for_which_there_is_no_room_fails()
    {
        _station.Files.TotalBytes = _station.Files.Content.Values.Sum(content => content.Length) + ObjectIndex.Reserve + 101_000;
        Send("2.0", _station.Serve(Release("2.0", 90_000 + (32 * 1024))));
        _station.RunFor(120_000);

        Assert.NotEqual(UpdateState.Staged, Last().State);
        Assert.Equal(0, _station.Restarts);
    }

    [Fact]
    public void Update_that_no_slot_can_hold_leaves_room_for_commands()
    {
        _station.Files.TotalBytes = _station.Files.Content.Values.Sum(content => content.Length) + ObjectIndex.Reserve + 260_000;
        Send("2.0", _station.Serve(Release("2.0", 250_000)));
        _station.RunFor(120_000);
        Assert.Equal((UpdateState.Failed, "2.0"), Last());

        Assert.DoesNotContain(_station.Files.Content.Keys, name => name.StartsWith("app", StringComparison.Ordinal));
        Assert.True(_station.Files.FreeBytes >= ObjectIndex.Reserve);
    }

    [Fact]
    public void Update_where_there_is_no_loader_fails()
    {
        var bare = new Station().Boot().Connect().RunFor(5000);
        bare.Send(CommandType.Update, new UpdateCommand { Version = "2.0", ObjectId = new byte[16], ObjectBytes = 5 }.Write())
            .RunFor(3000);

        Assert.Equal(UpdateState.Failed, bare.Healths[^1].Update);
    }

    [Fact]
    public void Update_that_nobody_chose_to_start_is_given_up()
    {
        Install("2.0");
        _station.HasLoader = false;
        _station.LosePower().Boot().Connect().RunFor(60_000);

        Assert.Equal((UpdateState.Failed, "2.0"), Last());
    }

    [Fact]
    public void Update_whose_bytes_rotted_in_the_slot_is_not_started()
    {
        Install("2.0");
        var slot = _station.Files.Content.Keys.Single(name => name.StartsWith("app", StringComparison.Ordinal));
        _station.Files.Content[slot][500] ^= 1;

        Reboot().Connect().RunFor(5000);

        Assert.Equal("test", _station.Firmware);
        Assert.Equal((UpdateState.RolledBack, "2.0"), Last());
    }

    [Fact]
    public void Update_survives_a_power_cut_at_any_byte_of_fetching_and_staging()
    {
        // As often as bytes are written, but in steps: the record's bytes all, the release's every 997th.
        var before = _station.Written + _station.Files.Written;
        Install("2.0");
        var total = _station.Written + _station.Files.Written - before;
        for (var cut = 0; cut < total; cut += cut < total - 600 ? 997 : 7)
        {
            var station = new Station { HasLoader = true }.Boot().Connect().RunFor(5000);
            station.Files.PowerLeft = cut;
            try
            {
                Send(station, "2.0", station.Serve(Release("2.0")));
                station.RunFor(30_000);
            }
            catch (PowerCut)
            {
            }

            station.LosePower().Boot().Connect().RunFor(5000);
            Assert.Contains(station.Firmware, new[] { "test", "2.0" });

            // Whatever was cut, the controller asks again and in the end it runs.
            for (var attempt = 0; attempt < 3 && station.Firmware != "2.0"; attempt++)
            {
                Send(station, "2.0", station.Serve(Release("2.0")));
                station.RunFor(30_000);
                station.LosePower().Boot().Connect().RunFor(5000);
            }

            Assert.True(station.Firmware == "2.0", $"Cut after {cut} of {total} bytes.");
        }
    }

    [Fact]
    public void Update_survives_a_power_cut_at_any_byte_of_confirming()
    {
        for (var cut = 0; cut < 400; cut++)
        {
            var station = new Station { HasLoader = true }.Boot().Connect().RunFor(5000);
            Send(station, "2.0", station.Serve(Release("2.0")));
            station.RunFor(30_000).LosePower().Boot();
            station.Files.PowerLeft = cut;
            try
            {
                station.Connect().RunFor(5000);
            }
            catch (PowerCut)
            {
            }

            station.LosePower().Boot();
            Assert.Contains(station.Firmware, new[] { "test", "2.0" });
            var first = station.Firmware;
            station.Connect().RunFor(5000).LosePower().Boot();
            Assert.Equal(first, station.Firmware);
        }
    }

    private static byte[] Release(string version, int bytes = 30_000) =>
        new ReleaseBundle
        {
            Names = [$"app {version}"],
            Assemblies = [[.. Enumerable.Range(0, bytes).Select(i => (byte)(i * 31))]]
        }.Write();

    private static void Send(Station station, string version, BenchSound release) =>
        station.Send(
            CommandType.Update,
            new UpdateCommand { Version = version, ObjectId = release.Id, ObjectBytes = release.Bytes.Length }.Write());

    private void Send(string version, BenchSound release) => Send(_station, version, release);

    private void Install(string version)
    {
        Send(version, _station.Serve(Release(version)));
        _station.RunFor(30_000);
    }

    private Station Reboot() => _station.LosePower().RunFor(1000).Boot();

    private (UpdateState State, string Version) Last() => (_station.Healths[^1].Update, _station.Healths[^1].UpdateVersion);
}
