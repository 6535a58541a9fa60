using System.Security.Cryptography;
using SmartRadio.Node.Setup;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Setup;

public class PastedCertificateTests
{
    private const string First = "-----BEGIN CERTIFICATE-----";
    private const string Last = "-----END CERTIFICATE-----";

    private readonly Installer _installer = new();

    [Fact]
    public void Certificate_is_kept_as_it_is()
    {
        Assert.Equal(["The certificate is taken."], _installer.Paste("\n" + Installer.Certificate + "\n\n"));

        Assert.Equal(Letters(Installer.Certificate), Letters(PastedCertificate.Pem(_installer.Kept().Get("certificate"))));
        Assert.Contains("certificate present", _installer.Say("status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_may_have_spaces_at_line_ends_and_follow_one_given_up()
    {
        _installer.Paste(string.Join('\n', Installer.Certificate.Split('\n').Take(3)));

        Assert.Equal(
            ["The certificate is taken."],
            _installer.Paste(Installer.Certificate.Replace("\n", "  \n ", StringComparison.Ordinal)));
        Assert.Equal(Letters(Installer.Certificate), _installer.Settings.Get("certificate"));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("status")]
    [InlineData("server radio.example.vn 8443")]
    [InlineData("wifi a password")]
    [InlineData("reset")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("MIIBszCCAVmgAwIBAgIUQ")]
    [InlineData("Nhà")]
    public void Certificate_broken_off_by_any_other_line_changes_nothing(string line)
    {
        _installer.Paste(string.Join('\n', Installer.Certificate.Split('\n').Take(3)));

        Assert.Equal("That is no line of a certificate: the paste is over and nothing was changed.", _installer.Say(line));
        Assert.Equal(0, _installer.Settings.Count);
        Assert.Equal(ConsoleWish.None, _installer.Console.TakeWish());
        Assert.StartsWith("not enrolled", _installer.Say("status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_with_a_line_that_was_dropped_is_over()
    {
        _installer.Say(First);
        _installer.Type([(byte)'M', 0xff, (byte)'\n']);

        Assert.StartsWith("not enrolled", _installer.Say("status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_that_does_not_end_is_too_long_one_day()
    {
        _installer.Say(First);
        var answer = Enumerable.Range(0, 200).Select(_ => _installer.Say(new string('A', 64))).First(said => said is not null);

        Assert.Equal("That is no line of a certificate: the paste is over and nothing was changed.", answer);
        Assert.Equal(0, _installer.Settings.Count);
    }

    public static TheoryData<string> Rubbish { get; } =
    [
        "",
        "AAAA",
        "MAABszCCAVmgAwIBAgIUQ===",
        Convert.ToBase64String([.. Enumerable.Repeat((byte)0x30, 300)]),
        Convert.ToBase64String(SHA512.HashData("noise"u8)),
        Convert.ToBase64String([0x30, 0x82, 0x00, 0x20, .. Enumerable.Repeat((byte)7, 32)]),
        Letters(Installer.Certificate)[8..],
    ];

    [Theory]
    [MemberData(nameof(Rubbish))]
    public void Certificate_that_is_none_is_refused_and_the_one_before_stays(string letters)
    {
        _installer.Paste(Installer.Certificate);

        Assert.Equal(
            ["That is no certificate: nothing was changed."],
            _installer.Paste(string.Join('\n', [First, .. letters.Chunk(64).Select(line => new string(line)), Last])));
        Assert.Equal(Letters(Installer.Certificate), _installer.Kept().Get("certificate"));
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(128, 64)]
    public void Certificate_that_lost_a_line_on_its_way_is_told_so_at_once(int at, int lost)
    {
        var letters = Letters(Installer.Certificate);
        var whole = Convert.FromBase64String(letters).Length;
        var rest = at == 0 ? letters[..^lost] : letters.Remove(at, lost);

        var answer = Assert.Single(
            _installer.Paste(string.Join('\n', [First, .. rest.Chunk(64).Select(line => new string(line)), Last])));

        Assert.StartsWith($"The certificate says it has {whole} bytes and ", answer, StringComparison.Ordinal);
        Assert.EndsWith(" arrived: nothing was changed. Paste it again, more slowly.", answer, StringComparison.Ordinal);
        Assert.Equal(0, _installer.Settings.Count);
    }

    [Theory]
    [InlineData(290)]
    [InlineData(291)]
    [InlineData(292)]
    [InlineData(65539)]
    public void Certificate_of_any_length_is_counted_to_the_byte(int bytes)
    {
        var letters = Convert.ToBase64String(
            [0x30, 0x82, (byte)((bytes - 4) >> 8), (byte)(bytes - 4), .. new byte[bytes - 4]]);

        Assert.Equal(bytes, PastedCertificate.Promised(letters));
        Assert.Equal(bytes, PastedCertificate.Pasted(letters));
    }

    [Fact]
    public void Certificate_that_the_flash_does_not_take_leaves_the_one_before()
    {
        _installer.Paste(Installer.Certificate);
        _installer.Files.TotalBytes = 0;

        Assert.Equal(["The flash refused: nothing was changed."], _installer.Paste(Installer.Certificate));
        Assert.StartsWith("not enrolled", _installer.Say("status"), StringComparison.Ordinal);
        Assert.Equal(ConsoleWish.None, _installer.Console.TakeWish());
        Assert.True(_installer.Kept().Has("certificate"));
    }

    private static string Letters(string pem) => string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-')));
}
