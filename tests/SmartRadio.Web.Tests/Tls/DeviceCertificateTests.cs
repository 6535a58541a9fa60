using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Nodes;
using SmartRadio.Web.Tests.Setting;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Tests.Tls;

/// <summary>
/// What a device asks of the certificate at the TLS port. Its TLS believes the one certificate that was pasted, checks the name
/// it was told against the subject alternative names alone, and checks the dates by a clock that starts at 1970.
/// </summary>
public sealed class DeviceCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-certificate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Own_certificate_is_accepted_under_each_name_of_the_machine()
    {
        await using var radio = new RadioHost(
            ("SmartRadio:Tls:Port", "0"), ("SmartRadio:Tls:Names", "radio.example.vn, 203.0.113.5,2001:db8::5"),
            ("SmartRadio:Mqtt:NodeHost", "loa.example.vn"));
        await radio.InitializeAsync();

        var (shown, _) = await ShownAsync(radio);

        string[] names = ["radio.example.vn", "203.0.113.5", "2001:db8::5", "loa.example.vn", "127.0.0.1",
            "localhost", Dns.GetHostName()];
        Assert.All(names, name => Assert.True(Accepts(shown, [], shown, name, DateTime.UtcNow), name));
        Assert.False(Accepts(shown, [], shown, "elsewhere.example.vn", DateTime.UtcNow));
        // A network name is one label, an address is no name: what the machine has is not mixed up.
        Assert.False(Accepts(shown, [], shown, "203.0.113.6", DateTime.UtcNow));
    }

    [Fact]
    public async Task Own_certificate_is_valid_in_1970_and_for_decades()
    {
        await using var radio = new RadioHost(("SmartRadio:Tls:Port", "0"));
        await radio.InitializeAsync();

        var (shown, _) = await ShownAsync(radio);

        Assert.All(
            [DateTime.UnixEpoch.AddSeconds(20), DateTime.UtcNow, new DateTime(2090, 1, 1, 0, 0, 0, DateTimeKind.Utc)],
            now => Assert.True(Accepts(shown, [], shown, "localhost", now), now.ToString("O")));
        Assert.False(Assert.Single(shown.Extensions.OfType<X509BasicConstraintsExtension>()).CertificateAuthority);
    }

    [Fact]
    public async Task Certificate_older_than_a_set_name_stays_and_the_log_says_so()
    {
        var data = Path.Combine(_folder, "data");
        await using (var before = new RadioHost(("SmartRadio:Data", data), ("SmartRadio:Tls:Port", "0")))
        {
            await before.InitializeAsync();
        }

        var file = Path.Combine(data, "keys", "server.pem");
        var made = await File.ReadAllTextAsync(file);
        using var logs = new Warnings();
        await using var radio = new RadioHost(
            ("SmartRadio:Data", data), ("SmartRadio:Tls:Port", "0"), ("SmartRadio:Tls:Names", "localhost,new.example.vn"),
            ("Logging:LogLevel:Default", "Warning"))
        {
            Logs = logs,
        };
        await radio.InitializeAsync();

        Assert.Equal(made, await File.ReadAllTextAsync(file));
        var said = Assert.Single(logs.Lines, line => line.Contains("server.pem", StringComparison.Ordinal));
        Assert.Contains("does not name new.example.vn:", said, StringComparison.Ordinal);
        Assert.Contains("delete the file", said, StringComparison.Ordinal);
        Assert.Contains("unless your broker shows this certificate", said, StringComparison.Ordinal);
        Assert.Equal("new.example.vn", Sheet(radio, "new.example.vn").Unnamed);
        Assert.Null(Sheet(radio, "localhost").Unnamed);
        Assert.Null(Sheet(radio, "[::1]").Unnamed);
    }

    [Fact]
    public async Task Operators_certificate_is_sent_with_its_chain()
    {
        using var authority = new SmallAuthority();
        var (file, keyFile) = (Path.Combine(_folder, "fullchain.pem"), Path.Combine(_folder, "key.pem"));
        await authority.WriteAsync("loa.example.vn", file, keyFile);
        await using var radio = new RadioHost(
            ("SmartRadio:Tls:Port", "0"), ("SmartRadio:Tls:Certificate", file), ("SmartRadio:Tls:Key", keyFile));
        await radio.InitializeAsync();

        var (shown, sent) = await ShownAsync(radio);

        Assert.True(Accepts(shown, sent, authority.Root, "loa.example.vn", DateTime.UtcNow));
        // A cold clock is why a device asks for the time before it trades.
        Assert.False(Accepts(shown, sent, authority.Root, "loa.example.vn", DateTime.UnixEpoch.AddSeconds(20)));
        Assert.Equal("127.0.0.1", Sheet(radio, "127.0.0.1").Unnamed);
        Assert.Null(Sheet(radio, "loa.example.vn").Unnamed);
    }

    [Theory]
    [InlineData("*.example.vn")]
    [InlineData("https://radio.example.vn")]
    [InlineData("radio.example.vn,two words")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("192.168.001.010")]
    [InlineData("fe80::1%2")]
    public async Task A_name_that_cannot_be_one_is_said(string names)
    {
        await using var radio = new RadioHost(("SmartRadio:Tls:Port", "0"), ("SmartRadio:Tls:Names", names));
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => radio.InitializeAsync().AsTask());
        Assert.Contains("SmartRadio:Tls:Names", StartFailure.From(exception)?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_with_Vietnamese_letters_is_in_it_as_clients_ask_for_it()
    {
        using var logs = new Warnings();
        await using var radio = new RadioHost(
            ("SmartRadio:Tls:Port", "0"), ("SmartRadio:Tls:Names", "đình.vn"), ("SmartRadio:Mqtt:NodeHost", "loa.đình.vn"),
            ("Logging:LogLevel:Default", "Warning"))
        {
            Logs = logs,
        };
        await radio.InitializeAsync();

        var (shown, _) = await ShownAsync(radio);

        Assert.All(
            ["xn--nh-jja1m.vn", "loa.xn--nh-jja1m.vn"],
            name => Assert.True(Accepts(shown, [], shown, name, DateTime.UtcNow), name));
        Assert.DoesNotContain(logs.Lines, line => line.Contains("server.pem", StringComparison.Ordinal));
        Assert.Null(Sheet(radio, "xn--nh-jja1m.vn").Unnamed);
        Assert.Null(Sheet(radio, "đình.vn").Unnamed);
    }

    [Fact]
    public async Task Names_without_a_TLS_port_do_nothing_and_that_is_said()
    {
        using var logs = new Warnings();
        await using var radio = new RadioHost(
            ("SmartRadio:Tls:Names", "radio.example.vn"), ("Logging:LogLevel:Default", "Warning"))
        { Logs = logs };
        await radio.InitializeAsync();

        Assert.Single(
            logs.Lines,
            line => line.Contains("--tls-names", StringComparison.Ordinal)
                && line.Contains("--tls-port", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(radio.Data, "keys", "server.pem")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task The_controllers_own_that_is_damaged_is_named_with_what_to_do(double left)
    {
        var data = Path.Combine(_folder, "data");
        var file = Own(data, "localhost");
        var whole = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, whole[..(int)(whole.Length * left)]);

        await using var radio = new RadioHost(("SmartRadio:Data", data), ("SmartRadio:Tls:Port", "0"));
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => radio.InitializeAsync().AsTask());

        var said = StartFailure.From(exception)?.Message;
        Assert.Contains(file, said, StringComparison.Ordinal);
        Assert.Contains("Restore it from the back-up", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Tls:Certificate", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "delete keys/server.pem", "certificate issued")]
    [InlineData(false, "certificate issued", "--tls-names")]
    public async Task The_page_says_what_helps_where_its_own_name_is_not_in_it(bool isOwn, string said, string notSaid)
    {
        var data = Path.Combine(_folder, "data");
        var file = Own(data, "elsewhere.example.vn");
        await using var radio = isOwn
            ? new RadioHost(("SmartRadio:Data", data), ("SmartRadio:Tls:Port", "0"))
            : new RadioHost(("SmartRadio:Tls:Port", "0"), ("SmartRadio:Tls:Certificate", file));
        await radio.InitializeAsync();
        using var client = radio.Program();
        var area = await client.AreaAsync();
        using var browser = await radio.SignedInAsync();
        await browser.OpenAsync("/nodes/new");

        await browser.SendAsync(
            "/nodes/new", ("_handler", "enrol"), ("name", "Loa"), ("area", area.ToString(CultureInfo.InvariantCulture)));

        Assert.Contains("does not name 127.0.0.1", browser.Page, StringComparison.Ordinal);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(notSaid, browser.Page, StringComparison.Ordinal);
    }

    /// <summary>A certificate as the program makes it, where it looks for it.</summary>
    private static string Own(string data, string name)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(data, "keys")).FullName, "server.pem");
        SelfSignedCertificate.Write(file, [name]);
        return file;
    }

    private static EnrolmentSheet Sheet(RadioHost radio, string host)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "http";
        request.Host = new HostString(host);
        return radio.Services.GetRequiredService<EnrolmentText>()
            .For(new NewEnrolmentCode("00112233445566ff", "ABCD-EFGH-JKMN", DateTimeOffset.UnixEpoch), request);
    }

    /// <summary>What the TLS port sends: the certificate, and those with it.</summary>
    private static async Task<(X509Certificate2 Shown, X509Certificate2Collection Sent)> ShownAsync(RadioHost radio)
    {
        X509Certificate2? shown = null;
        var sent = new X509Certificate2Collection();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, radio.TlsAddress.Port);
        await using var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, certificate, chain, _) =>
        {
            shown = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData());
            sent.AddRange(
                chain!.ChainPolicy.ExtraStore.Select(each => X509CertificateLoader.LoadCertificate(each.RawData)).ToArray());
            return true;
        });
        await stream.AuthenticateAsClientAsync("localhost");
        return (shown!, sent);
    }

    private static bool Accepts(
        X509Certificate2 shown, X509Certificate2Collection sent, X509Certificate2 pasted, string told, DateTime now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(pasted);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now;
        return chain.Build(shown) && shown.MatchesHostname(told, allowWildcards: true, allowCommonName: false);
    }
}
