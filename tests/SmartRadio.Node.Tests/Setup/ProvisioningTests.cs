using SmartRadio.Node.Setup;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Setup;

public class ProvisioningTests
{
    private static readonly string Secret = string.Concat(Enumerable.Repeat("5e", 32));

    private static readonly EnrolmentAnswer Given = EnrolmentAnswer.Read(
        $$"""{"nodeId":"00112233445566ff","name":"Loa thôn 1","broker":{"host":"radio.example.vn","port":8883},"secret":"{{Secret}}"}""");

    private readonly Installer _installer = new();

    [Fact]
    public void Device_is_told_its_network_its_controller_the_certificate_and_its_code()
    {
        Say("wifi \"Nhà văn hóa\" mật-khẩu-123");
        Say("server radio.example.vn 8443");
        _installer.Paste(Installer.Certificate);
        Say("code abcd-efgh-jkmn");

        var kept = _installer.Kept();
        Assert.Equal("ABCDEFGHJKMN", _installer.Console.Code);
        Assert.Equal(("Nhà văn hóa", "mật-khẩu-123"), (kept.Get("network"), kept.Get("password")));
        Assert.Equal(("radio.example.vn", "8443"), (kept.Get("server"), kept.Get("server-port")));
        Assert.True(kept.Has("certificate"));
        Assert.False(_installer.Console.IsEnrolled);
    }

    [Fact]
    public void Device_is_a_node_once_the_code_is_traded_and_starts_again_as_that()
    {
        Say("server radio.example.vn 8443");
        Assert.Equal("This is node 00112233445566ff now.", _installer.Console.Enrolled(Given));

        var kept = _installer.Kept();
        Assert.True(_installer.Console.IsEnrolled);
        Assert.Equal(ConsoleWish.Restart, _installer.Console.TakeWish());
        Assert.Equal(
            ("00112233445566ff", Secret, "radio.example.vn", "8883"),
            (kept.Get("id"), kept.Get("secret"), kept.Get("broker"), kept.Get("port")));
        Assert.Contains("already", Say("code ABCDEFGHJKMN"), StringComparison.Ordinal);
        Assert.Empty(_installer.Console.Code);
    }

    [Fact]
    public void Device_does_not_start_again_as_a_node_that_it_could_not_keep()
    {
        _installer.Files.TotalBytes = 0;

        Assert.StartsWith("The flash refused", _installer.Console.Enrolled(Given), StringComparison.Ordinal);
        Assert.Equal(ConsoleWish.None, _installer.Console.TakeWish());

        _installer.Files.TotalBytes = 1_000_000;
        Say("ethernet");
        Assert.Equal(
            ("ethernet", false, false),
            (_installer.Kept().Get("link"), _installer.Kept().Has("secret"), _installer.Console.IsEnrolled));
    }

    [Fact]
    public void Device_never_says_a_password_a_code_or_a_secret()
    {
        Say("wifi loa hemmelig-0");
        Say("wifi loa \"hemmelig-0");
        Say("wifi loa hemmelig-0 hemmelig-0");
        Say("wifi loa " + string.Concat(Enumerable.Repeat("hemmelig", 8)));
        Say("wifi");
        Say("server radio.example.vn 8443");
        _installer.Paste(Installer.Certificate);
        Say("code ABCD-EFGH-JKMN");
        Say("code ABCD");
        Say("status");
        _installer.Console.Enrolled(Given);
        Say("status");
        Say("secret");
        Say("code ABCD-EFGH-JKMN");

        Assert.All(_installer.Heard, said =>
        {
            Assert.DoesNotContain("hemmelig", said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("5e5e", said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("ABCD", said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("MII", said, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Device_takes_no_code_before_it_knows_whom_to_trust()
    {
        Assert.Contains("server", Say("code ABCDEFGHJKMN"), StringComparison.Ordinal);
        Say("server radio.example.vn 8443");
        Assert.Contains("certificate", Say("code ABCDEFGHJKMN"), StringComparison.Ordinal);
        Assert.Empty(_installer.Console.Code);
    }

    [Fact]
    public void Device_takes_the_long_code_of_the_page_and_leaves_the_fingerprint()
    {
        Say("server radio.example.vn 8443");
        _installer.Paste(Installer.Certificate);
        Say("code abcd efgh jkmn-0011223344");

        Assert.Equal("ABCDEFGHJKMN", _installer.Console.Code);
    }

    [Theory]
    [InlineData("code ABCD\\\"EFGHJKMN")]
    [InlineData("code ABCDEFGHJKM=")]
    [InlineData("code ABCDEFGHJKMắ")]
    [InlineData("code ABCDEFGHJKMN \\\"}")]
    public void Device_takes_no_code_with_other_signs_than_letters_and_digits(string line)
    {
        Say("server radio.example.vn 8443");
        _installer.Paste(Installer.Certificate);

        Assert.StartsWith("The code has 12 letters and digits", Say(line), StringComparison.Ordinal);
        Assert.Empty(_installer.Console.Code);
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("server")]
    [InlineData("server host 0")]
    [InlineData("server host 65536")]
    [InlineData("server host +8443")]
    [InlineData("server host \" 8443\"")]
    [InlineData("server https://radio.vn 8443")]
    [InlineData("server radio.vn/ 8443")]
    [InlineData("server radio.vn:8443 8443")]
    [InlineData("server \"\" 8443")]
    [InlineData("server \"a b\" 8443")]
    [InlineData("server a\\\"b 8443")]
    [InlineData("line +12")]
    [InlineData("server host port more words than anyone needs")]
    [InlineData("output cassette")]
    [InlineData("storage C")]
    [InlineData("line 3001")]
    [InlineData("line -1")]
    [InlineData("line")]
    [InlineData("wifi")]
    [InlineData("wifi a password behind it")]
    [InlineData("wifi a password three more words")]
    [InlineData("WIFI a password")]
    [InlineData("ethernet please")]
    [InlineData("server host 8443 443")]
    [InlineData("output i2s vs1053")]
    [InlineData("storage I D")]
    [InlineData("line 500 600")]
    [InlineData("sound loud")]
    [InlineData("restart now")]
    [InlineData("reset all")]
    [InlineData("\"")]
    [InlineData("wifi \"a b")]
    public void Device_answers_nonsense_with_a_sentence_and_changes_nothing(string line)
    {
        Assert.EndsWith(".", Say(line), StringComparison.Ordinal);
        Assert.Equal(0, _installer.Settings.Count);
        Assert.Equal(0, _installer.Files.Writes);
        Assert.Equal(ConsoleWish.None, _installer.Console.TakeWish());
    }

    /// <summary>What IEEE 802.11 allows, counted in bytes of UTF-8.</summary>
    [Theory]
    [InlineData("", 8, "The name of a network has 1 to 32 bytes; a letter with marks has two or three.")]
    [InlineData("x", 8, "The network is x.")]
    [InlineData("Nhà sinh hoạt cộng đồng1", 8, "The network is Nhà sinh hoạt cộng đồng1.")]
    [InlineData("Nhà sinh hoạt cộng đồng 1", 8, "The name of a network has 1 to 32 bytes; a letter with marks has two or three.")]
    [InlineData("x", 0, "The network is x.")]
    [InlineData("x", 7, "A password has 8 to 63 bytes; a letter with marks has two or three.")]
    [InlineData("x", 63, "The network is x.")]
    [InlineData("x", 64, "A password has 8 to 63 bytes; a letter with marks has two or three.")]
    public void Device_takes_no_network_that_there_cannot_be(string name, int password, string answer)
    {
        Assert.Equal(answer, Say($"wifi \"{name}\" \"{new string('p', password)}\""));
        Assert.Equal(answer.StartsWith("The network is", StringComparison.Ordinal), _installer.Settings.Has("network"));
    }

    [Fact]
    public void Device_counts_the_bytes_of_a_password_not_its_letters()
    {
        Assert.Equal("The network is loa.", Say("wifi loa " + new string('ắ', 21)));
        Assert.StartsWith("A password has", Say("wifi loa " + new string('ắ', 22)), StringComparison.Ordinal);
        Assert.Equal("The network is loa.", Say("wifi loa " + new string('ắ', 3)));
    }

    [Theory]
    [InlineData("\" abc def \"", " abc def ")]
    [InlineData("\"        \"", "        ")]
    [InlineData("abc\\\"def\\\\", "abc\"def\\")]
    [InlineData("a=b;c#d'e%f", "a=b;c#d'e%f")]
    public void Device_keeps_a_password_sign_by_sign(string typed, string password)
    {
        Say("wifi loa " + typed);

        Assert.Equal(password, _installer.Kept().Get("password"));
    }

    [Fact]
    public void Device_starts_again_and_plays_the_chime_when_asked_and_each_time_once()
    {
        Assert.Equal("It starts again.", Say("restart"));
        Assert.Equal(ConsoleWish.Restart, _installer.Console.TakeWish());
        Say("sound");
        Assert.Equal(ConsoleWish.Chime, _installer.Console.TakeWish());
        Assert.Equal(ConsoleWish.None, _installer.Console.TakeWish());
    }

    [Fact]
    public void Device_says_when_its_flash_refuses_and_is_as_it_was()
    {
        Say("server before.example.vn 443");
        _installer.Files.TotalBytes = 0;

        Assert.Equal("The flash refused: nothing was changed.", Say("server radio.example.vn 8443"));
        Assert.Equal("The flash refused: nothing was changed.", Say("wifi loa hemmelig"));
        Assert.Equal("not enrolled; no network set; before.example.vn:443; no certificate.", Say("status"));

        _installer.Files.TotalBytes = 1_000_000;
        Say("storage I");
        var kept = _installer.Kept();
        Assert.Equal(("before.example.vn", "443", "I"), (kept.Get("server"), kept.Get("server-port"), kept.Get("storage")));
        Assert.False(kept.Has("network") || kept.Has("password") || kept.Has("link"));
    }

    [Theory]
    [InlineData("id", "00112233445566")]
    [InlineData("id", "00112233445566FF")]
    [InlineData("secret", "5e5e")]
    [InlineData("secret", "")]
    [InlineData("broker", "")]
    public void Device_is_no_node_while_who_it_is_cannot_be_read(string name, string value)
    {
        _installer.Console.Enrolled(Given);
        Assert.True(_installer.Settings.IsEnrolled);
        _installer.Settings.Set(name, value);

        Assert.False(_installer.Settings.IsEnrolled);
        Assert.StartsWith("not enrolled;", Say("status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Device_survives_whatever_is_typed()
    {
        var random = new Random(5);
        string[] verbs = ["wifi ", "server ", "code ", "line ", "-----BEGIN CERTIFICATE-----\n", "reset\n", "\"", ""];
        for (var i = 0; i < 20_000; i++)
        {
            var typed = new byte[random.Next(40)];
            random.NextBytes(typed);
            _installer.Type([.. System.Text.Encoding.UTF8.GetBytes(verbs[random.Next(verbs.Length)]), .. typed, (byte)'\n']);
        }

        Assert.All(_installer.Heard, said => Assert.EndsWith(".", said, StringComparison.Ordinal));
    }

    [Fact]
    public void Device_is_erased_only_when_asked_twice_in_a_row()
    {
        Say("reset");
        Say("status");
        Say("reset");
        Assert.Equal(ConsoleWish.None, _installer.Console.TakeWish());

        Assert.Equal("Everything is being erased: wait until the device starts again.", Say("reset"));
        Assert.Equal(ConsoleWish.Erase, _installer.Console.TakeWish());
        Say("reset");
        Assert.Equal(ConsoleWish.None, _installer.Console.TakeWish());
    }

    private string? Say(string line) => _installer.Say(line);
}
