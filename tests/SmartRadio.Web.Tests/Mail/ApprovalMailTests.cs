using System.Globalization;
using System.Net;
using SmartRadio.Controller.Access;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Mail;

/// <summary>Approvers who want it are told by e-mail what waits for them.</summary>
public sealed class ApprovalMailTests : IAsyncLifetime
{
    private static readonly int Port = MailServer.FreePort();

    private readonly RadioHost _radio = new(
        ("SmartRadio:Mail:Host", "127.0.0.1"),
        ("SmartRadio:Mail:Port", Port.ToString(CultureInfo.InvariantCulture)),
        ("SmartRadio:Mail:Security", "None"),
        ("SmartRadio:Mail:From", "loa@xa.example"),
        ("SmartRadio:Mail:Address", "https://loa.xa.example"),
        ("SmartRadio:Mail:Rest", "00:00:00"),
        ("SmartRadio:Mail:Interval", "00:00:00.2"));

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task Each_is_told_once_of_what_he_may_approve_and_others_made()
    {
        using var program = _radio.Program();
        var area = await program.AreaAsync();
        // Writes with the key, and approves on pages.
        var approver = await _radio.AddAccountAsync(Role.Editor, area);
        await _radio.GiveRoleAsync(approver, Role.Approver, area);
        using var browser = await _radio.SignInAsync(approver);
        using var stranger = await _radio.SignInAsync(await _radio.AddAccountAsync(Role.Approver, await program.AreaAsync()));
        await SetAsync(browser, "duyet@xa.example");
        await SetAsync(stranger, "khac@xa.example");
        var editor = (await _radio.AddAccountAsync(Role.Editor, area)).Http;

        // Nobody answers yet: it is told later.
        var first = await MadeAsync(editor, "Lịch tiêm chủng");
        var own = await MadeAsync(approver.Http, "Bản tin của tôi");
        await using var server = new MailServer(Port);
        await Poll.UntilAsync("a mail came", () => Task.FromResult(server.Received.Count), count => count > 0);
        var second = await MadeAsync(editor, "Mời họp");
        await Poll.UntilAsync("the next came", () => Task.FromResult(server.Received.Count), count => count > 1);

        var mails = server.Received.ToList();
        Assert.All(mails, mail => Assert.Equal("duyet@xa.example", mail.To.Mailboxes.Single().Address));
        Assert.Equal("1 bản tin chờ duyệt / Bulletins to approve: 1", mails[0].Subject);
        Assert.Contains($"Lịch tiêm chủng\r\nhttps://loa.xa.example/bulletins/{first}", Lines(mails[0].TextBody!), StringComparison.Ordinal);
        Assert.DoesNotContain($"/bulletins/{own}", mails[0].TextBody!, StringComparison.Ordinal);
        Assert.Contains($"/bulletins/{second}", mails[1].TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain($"/bulletins/{first}", mails[1].TextBody!, StringComparison.Ordinal);
        Assert.Equal(2, mails.Count);
    }

    [Fact]
    public async Task Full_mailbox_of_one_repeats_no_mail_to_others()
    {
        using var program = _radio.Program();
        var area = await program.AreaAsync();
        using var first = await _radio.SignInAsync(await _radio.AddAccountAsync(Role.Approver, area));
        using var second = await _radio.SignInAsync(await _radio.AddAccountAsync(Role.Approver, area));
        await SetAsync(first, "day@xa.example");
        await SetAsync(second, "duyet@xa.example");
        await MadeAsync((await _radio.AddAccountAsync(Role.Editor, area)).Http, "Lịch tiêm chủng");

        await using (var server = new MailServer(Port, full: "day@xa.example"))
        {
            await Poll.UntilAsync("the full one was tried again", () => Task.FromResult(server.Refused.Count), count => count > 2);
            Assert.Equal("duyet@xa.example", Assert.Single(server.Received).To.Mailboxes.Single().Address);
        }

        await using var later = new MailServer(Port);
        await Poll.UntilAsync("the full one has it", () => Task.FromResult(later.Received.Count), count => count > 0);
        Assert.Equal("day@xa.example", Assert.Single(later.Received).To.Mailboxes.Single().Address);
    }

    [Theory]
    [InlineData("ten")]
    [InlineData("ten@xa")]
    [InlineData("a@b.vn, c@d.vn")]
    [InlineData("a@b.vn\nBcc: c@d.vn")]
    [InlineData("Tên <a@b.vn>")]
    public async Task Address_that_is_none_is_refused(string address)
    {
        using var browser = await _radio.SignedInAsync();
        await browser.OpenAsync("/account");

        await browser.SendAsync("/account", ("_handler", "email"), ("email", address));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("not an e-mail address", browser.Refusal(), StringComparison.Ordinal);
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\r\n");

    private static async Task SetAsync(Browser browser, string address)
    {
        await browser.OpenAsync("/account");
        await browser.SendAsync("/account", ("_handler", "email"), ("email", address));
        await browser.OpenAsync("/account");
        Assert.Contains($"value=\"{address}\"", browser.Page, StringComparison.Ordinal);
    }

    private static async Task<long> MadeAsync(HttpClient client, string title) =>
        (await (await client.UploadAsync(title, Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();
}
