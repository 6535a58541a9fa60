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
