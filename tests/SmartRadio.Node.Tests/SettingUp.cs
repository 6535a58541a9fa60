using System.Text;

namespace SmartRadio.Node.Tests;

public class A_new_device
{
    private const string Answer =
        """{"nodeId":"00112233445566ff","name":"Loa \"secret\":\"x\" thôn 1","secret":"%","broker":{"host":"radio.example.vn","port":8883},"time":"2026-11-22T05:00:00+07:00"}""";

    private static readonly string Secret = string.Concat(Enumerable.Repeat("5e", 32));

    private readonly DeviceSettings _settings = new();
    private readonly Provisioning _console;
    private readonly List<string?> _said = [];

    public A_new_device() => _console = new Provisioning(_settings);

    [Fact]
    public void Is_told_its_network_its_controller_the_certificate_and_its_code()
    {
        Say("wifi \"Nhà văn hóa\" mật-khẩu-123");
        Say("server radio.example.vn 8443");
        Paste();
        Say("code abcd-efgh-jkmn");

        Assert.Equal("ABCDEFGHJKMN", _console.Code);
        Assert.Equal(("Nhà văn hóa", "mật-khẩu-123"), (_settings.Get("network"), _settings.Get("password")));
        Assert.Equal(("radio.example.vn", "8443"), (_settings.Get("server"), _settings.Get("server-port")));
        Assert.StartsWith("-----BEGIN CERTIFICATE-----\n", _console.Certificate, StringComparison.Ordinal);
        Assert.EndsWith("-----END CERTIFICATE-----\n", _console.Certificate, StringComparison.Ordinal);
        Assert.True(_console.HasChanged);
        Assert.False(_console.IsEnrolled);
    }

    [Fact]
    public void Is_a_node_once_the_code_is_traded_and_keeps_it_in_its_file()
    {
        Say("server radio.example.vn 8443");
        _console.Enrolled(EnrolmentAnswer.Read(Answer.Replace("%", Secret, StringComparison.Ordinal)));

        var kept = DeviceSettings.Parse(_settings.Write());

        Assert.True(_console.IsEnrolled);
        Assert.Equal(("00112233445566ff", Secret, "radio.example.vn", "8883"), (kept.Get("id"), kept.Get("secret"), kept.Get("broker"), kept.Get("port")));
        Assert.Contains("already", Say("code ABCDEFGHJKMN"), StringComparison.Ordinal);
        Assert.Empty(_console.Code);
    }

    [Fact]
    public void Never_says_a_password_a_code_or_a_secret()
    {
        Say("wifi loa hemmelig-0");
        Say("wifi");
        Say("server radio.example.vn 8443");
        Paste();
        Say("code ABCD-EFGH-JKMN");
        Say("code ABCD");
        Say("status");
        _console.Enrolled(EnrolmentAnswer.Read(Answer.Replace("%", Secret, StringComparison.Ordinal)));
        Say("status");
        Say("secret");
        Say("code ABCD-EFGH-JKMN");

        Assert.All(_said.OfType<string>(), said =>
        {
            Assert.DoesNotContain("hemmelig", said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("5e5e", said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("ABCD", said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("MIIB", said, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Takes_no_code_before_it_knows_whom_to_trust()
    {
        Assert.Contains("server", Say("code ABCDEFGHJKMN"), StringComparison.Ordinal);
        Say("server radio.example.vn 8443");
        Assert.Contains("certificate", Say("code ABCDEFGHJKMN"), StringComparison.Ordinal);
        Assert.Empty(_console.Code);
    }

    [Fact]
    public void Takes_the_long_code_of_the_page_and_leaves_the_fingerprint()
    {
        Say("server radio.example.vn 8443");
        Paste();
        Say("code abcd efgh jkmn-0011223344");

        Assert.Equal("ABCDEFGHJKMN", _console.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("server")]
    [InlineData("server host 0")]
    [InlineData("server host 65536")]
    [InlineData("server host port more words than anyone needs")]
    [InlineData("output cassette")]
    [InlineData("storage C")]
    [InlineData("line 3001")]
    [InlineData("line -1")]
    [InlineData("wifi a b c d")]
    [InlineData("WIFI a b")]
    [InlineData("\"")]
    [InlineData("wifi \"a b")]
    public void Answers_nonsense_with_a_sentence_and_changes_nothing(string line)
    {
        Assert.EndsWith(".", Say(line), StringComparison.Ordinal);
        Assert.Equal(0, _settings.Count);
        Assert.False(_console.HasChanged);
    }

    [Fact]
    public void Survives_whatever_is_typed()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var letters = new char[random.Next(40)];
            for (var j = 0; j < letters.Length; j++)
            {
                letters[j] = (char)random.Next(32, 127);
            }

            string[] verbs = ["wifi ", "server ", "code ", "line ", "-----BEGIN CERTIFICATE-----", ""];
            Say(verbs[random.Next(verbs.Length)] + new string(letters));
        }
    }

    [Fact]
    public void Is_erased_only_when_asked_twice_in_a_row()
    {
        Say("reset");
        Say("status");
        Say("reset");
        Assert.False(_console.WantsReset);

        Say("reset");
        Assert.True(_console.WantsReset);
    }

    [Fact]
    public void Stops_pasting_what_is_too_long_for_a_certificate()
    {
        Say("-----BEGIN CERTIFICATE-----");
        for (var i = 0; i < 200; i++)
        {
            Say(new string('A', 64));
        }

        Assert.Empty(_console.Certificate);
        Assert.Contains(_said, said => said?.Contains("too long", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%","broker":{"host":"","port":8883}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%","broker":{"host":"a b","port":8883}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%","broker":{"host":"a","port":0}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%","broker":{"host":"a","port":99999}}""")]
    [InlineData("""{"nodeId":"00112233445566FF","secret":"%","broker":{"host":"a","port":1}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"5e","broker":{"host":"a","port":1}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%""")]
    public void Believes_no_answer_that_is_not_whole(string json) =>
        Assert.Null(EnrolmentAnswer.Read(json.Replace("%", Secret, StringComparison.Ordinal)));

    [Fact]
    public void Is_not_misled_by_a_name_that_looks_like_a_member()
    {
        var given = EnrolmentAnswer.Read(Answer.Replace("%", Secret, StringComparison.Ordinal));

        Assert.Equal(Secret, given.Secret);
    }

    [Fact]
    public void Reads_lines_that_end_in_either_way_and_mends_what_was_deleted() =>
        Assert.Equal(["wifi a b", "status"], Lines("wifi ax\b b\r\n\r\nstatus\n"));

    [Fact]
    public void Drops_a_line_that_is_too_long_and_takes_the_next() =>
        Assert.Equal(["status"], Lines(new string('x', LineReader.MaxLength + 1) + "\nstatus\n"));

    private static List<string> Lines(string typed)
    {
        var reader = new LineReader();
        return [.. Encoding.ASCII.GetBytes(typed).Select(reader.Take).Where(line => line is not null)];
    }

    private void Paste()
    {
        Say("-----BEGIN CERTIFICATE-----");
        Say("MIIBszCCAVmgAwIBAgIUQ==");
        Say("-----END CERTIFICATE-----");
    }

    private string Say(string line)
    {
        var said = _console.Take(line);
        _said.Add(said);
        return said;
    }
}

public class The_reset_button
{
    private const long Second = 1_000_000;

    [Fact]
    public void Held_for_ten_seconds_from_power_up_erases() => Assert.Equal((ResetStep.Erase, 10), Press(new FactoryReset(false, 0), _ => true));

    [Fact]
    public void Let_go_earlier_does_nothing() => Assert.Equal((ResetStep.Over, 9), Press(new FactoryReset(false, 0), second => second < 9));

    [Fact]
    public void Pressed_only_after_power_up_does_nothing() => Assert.Equal((ResetStep.Over, 0), Press(new FactoryReset(false, 0), second => second > 0));

    [Fact]
    public void That_is_stuck_down_erases_once_however_often_the_device_starts()
    {
        var marked = false;
        var erased = 0;
        for (var start = 0; start < 20; start++)
        {
            var (step, _) = Press(new FactoryReset(marked, 0), _ => true);
            erased += step == ResetStep.Erase ? 1 : 0;
            marked |= step == ResetStep.Erase;
            marked &= step != ResetStep.Rearm;
        }

        Assert.Equal(1, erased);
    }

    [Fact]
    public void Works_again_once_it_was_seen_up()
    {
        Assert.Equal(ResetStep.Rearm, Press(new FactoryReset(true, 0), _ => false).Step);
        Assert.Equal(ResetStep.Erase, Press(new FactoryReset(false, 0), _ => true).Step);
    }

    private static (ResetStep Step, int Second) Press(FactoryReset button, Func<int, bool> isDown)
    {
        for (var second = 0; ; second++)
        {
            var step = button.Look(isDown(second), second * Second);
            if (step != ResetStep.Look)
            {
                return (step, second);
            }
        }
    }
}

public class Reconnecting
{
    private const long Minute = 60_000_000;

    [Fact]
    public void Waits_longer_each_time_up_to_a_limit_and_never_the_same()
    {
        var backoff = new Backoff(1000, 60_000, new Chance(3));
        int[] waits = [.. Enumerable.Range(0, 200).Select(_ => backoff.Next())];

        Assert.All(waits.Index(), wait => Assert.InRange(wait.Item, Math.Min(60_000, 1000 << Math.Min(wait.Index, 6)) / 2, Math.Min(60_000, 1000 << Math.Min(wait.Index, 6))));
        Assert.True(waits[10..].Distinct().Count() > 150);
        Assert.InRange(waits[10..].Average(), 40_000, 50_000);
    }

    [Fact]
    public void Begins_anew_after_success()
    {
        var backoff = new Backoff(1000, 60_000, new Chance(3));
        _ = Enumerable.Range(0, 10).Select(_ => backoff.Next()).ToList();

        backoff.Succeeded();

        Assert.InRange(backoff.Next(), 500, 1000);
    }

    [Fact]
    public void Leaves_the_modem_on_while_there_is_a_connection()
    {
        var modem = new ModemPower(0);

        Assert.All(Enumerable.Range(0, 1000), minute => Assert.True(modem.IsOn(true, minute * Minute)));
    }

    [Fact]
    public void Switches_the_modem_off_and_on_after_a_quarter_of_an_hour_and_then_every_two_hours()
    {
        var modem = new ModemPower(0);
        var off = Enumerable.Range(0, 6 * 3600).Where(second => !modem.IsOn(false, second * 1_000_000L)).ToList();

        Assert.Equal(901, off[0]);
        Assert.Equal(15 * 3, off.Count);
        Assert.Equal(3, off.Select(second => second / 600).Distinct().Count());
    }

    private sealed class Chance(int seed) : IJitter
    {
        private readonly Random _random = new(seed);

        public int Next(int bound) => _random.Next(bound);
    }
}
