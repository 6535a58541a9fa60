using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Complaints;

/// <summary>What a resident meets who scans the code on a pole: a form without an account, and nothing else.</summary>
public sealed partial class PublicFormTests : IAsyncLifetime
{
    private readonly RadioHost _radio = new(
        ("SmartRadio:Limits:AddressHourComplaints", "3"), ("SmartRadio:Limits:NodeHourComplaints", "2"));

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task Resident_sends_a_complaint_and_gets_its_number()
    {
        var (node, path) = await PoleAsync();
        using var browser = _radio.Browser();
        await browser.OpenAsync(path);
        Assert.Contains("Phản ánh về loa", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Loa thử", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(node, browser.Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Link(), browser.Page);
        var once = Once().Match(browser.Page).Groups["token"].Value;

        await SendAsync(browser, path, once, "Im từ sáng \u202e<script>alert(1)</script>");
        var complaint = Assert.Single(await ComplaintsAsync());
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains($"Phản ánh số {complaint.Id} đã được ghi", browser.Page, StringComparison.Ordinal);
        await SendAsync(browser, path, once, "Im từ sáng");
        Assert.Contains($"Phản ánh số {complaint.Id} đã được ghi", browser.Page, StringComparison.Ordinal);

        Assert.Single(await ComplaintsAsync());
        Assert.Equal(
            (node, ComplaintKind.Silent, "Im từ sáng <script>alert(1)</script>", "0905123456"),
            (complaint.NodeId, complaint.Kind, complaint.Words, complaint.CallerPhone));
        using var officer = await _radio.SignedInAsync();
        var shown = await officer.Http.GetStringAsync(new Uri($"/complaints/{complaint.Id}", UriKind.Relative));
        Assert.DoesNotContain("<script>alert", shown, StringComparison.Ordinal);
        Assert.Contains("A resident, by QR code", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_that_is_off_or_was_never_there_is_one_sentence_with_404()
    {
        var (node, path) = await PoleAsync();
        using var browser = _radio.Browser();
        await browser.OpenAsync(path);
        var once = Once().Match(browser.Page).Groups["token"].Value;
        var area = (await (await _radio.Program().FetchAsync($"/api/v1/nodes/{node}")).JsonAsync()).GetProperty("areaId");
        await _radio.Program().PutAsJsonAsync(
            new Uri($"/api/v1/areas/{area}/complaint-form", UriKind.Relative), new { open = false });

        await SendAsync(browser, path, once);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("không nhận phản ánh qua mạng", browser.Page, StringComparison.Ordinal);
        var off = await AnswerAsync(path);
        Assert.Equal((off.Status, Token().Replace(off.Page, "")), await NoneAsync("/phan-anh/23456789abcd"));
        Assert.Equal((off.Status, Token().Replace(off.Page, "")), await NoneAsync($"/phan-anh/{node}"));
        Assert.Equal(HttpStatusCode.NotFound, off.Status);
        Assert.Empty(await ComplaintsAsync());
    }

    [Fact]
    public async Task Flood_is_refused_by_loudspeaker_and_by_address()
    {
        var (_, path) = await PoleAsync();
        var (_, other) = await PoleAsync();
        using var browser = _radio.Browser();
        await browser.OpenAsync(path);
        await SendAsync(browser, path, "1");
        await browser.OpenAsync(path);
        await SendAsync(browser, path, "2");
        await browser.OpenAsync(path);
        await SendAsync(browser, path, "3");
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("quá nhiều phản ánh", browser.Refusal(), StringComparison.Ordinal);

        // The third took a place of the address, which has none left for another loudspeaker.
        await browser.OpenAsync(other);
        await SendAsync(browser, other, "4");
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        using var elsewhere = _radio.Browser(IPAddress.Parse("127.0.0.2"));
        await elsewhere.OpenAsync(other);
        await SendAsync(elsewhere, other, "5");
        Assert.Equal(HttpStatusCode.OK, elsewhere.Status);
        Assert.Equal(3, (await ComplaintsAsync()).Count);
    }

    [Fact]
    public async Task Flood_of_one_commune_takes_no_place_of_another()
    {
        await using var host = new RadioHost(
            ("SmartRadio:Limits:AreaHourComplaints", "1"), ("SmartRadio:Limits:HourComplaints", "2"));
        await host.InitializeAsync();
        var (flooded, calm) = (await PathAsync(host), await PathAsync(host));
        using var browser = host.Browser();
        foreach (var (path, expected) in new[]
        {
            (flooded, HttpStatusCode.OK), (flooded, HttpStatusCode.TooManyRequests),
            (flooded, HttpStatusCode.TooManyRequests), (calm, HttpStatusCode.OK),
        })
        {
            await browser.OpenAsync(path);
            await SendAsync(browser, path, Guid.NewGuid().ToString());
            Assert.Equal(expected, browser.Status);
        }
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_with_a_sentence_and_stays()
    {
        var (_, path) = await PoleAsync();
        using var browser = _radio.Browser();
        foreach (var fields in new[]
        {
            new[] { ("kind", "Silent"), ("when", "today"), ("time", "") }, [("kind", "nope"), ("when", "now")],
            [("kind", "Other"), ("when", "now"), ("words", " ")], [("kind", "Silent"), ("when", "now"), ("phone", "gọi tôi")],
            [("kind", "Silent"), ("when", "now"), ("words", new string('a', 50_000))],
        })
        {
            await browser.OpenAsync(path);
            await browser.SendAsync(path, [("_handler", "complaint"), ("once", "x"), .. fields]);
            Assert.True((int)browser.Status is 400 or 422, $"{browser.Status}");
            Assert.NotNull(browser.Refusal());
            Assert.Contains("name=\"words\"", browser.Page, StringComparison.Ordinal);
        }

        Assert.Empty(await ComplaintsAsync());
        // None of them took a place of the limits.
        await SendAsync(browser, path, "y");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Fact]
    public async Task Approver_opens_the_form_and_prints_the_code()
    {
        var admin = _radio.Program();
        var area = await admin.AreaAsync();
        var node = await admin.NodeAsync(area);
        using var browser = await _radio.SignInAsync(await _radio.AddAccountAsync(Role.Approver, area));
        await browser.OpenAsync("/complaints/form");
        Assert.Contains("Takes no complaints", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/areas/{area}/complaints/open");
        await browser.OpenAsync("/complaints/form");
        Assert.Contains("Takes complaints", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/complaints/codes/{node}\"", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync($"/complaints/codes/{node}");
        Assert.Contains("no code yet", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/nodes/{node}/complaints/address");
        await browser.OpenAsync($"/complaints/codes/{node}");

        Assert.Contains("<svg class=\"qr\"", browser.Page, StringComparison.Ordinal);
        var path = Public().Match(browser.Page).Value;
        Assert.Contains($"{_radio.Address.ToString().TrimEnd('/')}{path}", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync(path)).Status);
        await browser.SendAsync($"/nodes/{node}/complaints/address");
        Assert.Equal(HttpStatusCode.NotFound, (await AnswerAsync(path)).Status);
        await browser.OpenAsync($"/complaints/form?area={area + 1000}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    private static Task SendAsync(Browser browser, string path, string once, string words = "Im") => browser.SendAsync(
        path, ("_handler", "complaint"), ("once", once), ("kind", "Silent"), ("when", "now"), ("time", ""), ("words", words),
        ("phone", "0905123456"));

    /// <summary>A loudspeaker whose form is open, and the path of its public page.</summary>
    private async Task<(string Node, string Path)> PoleAsync() => await PoleAsync(_radio);

    private static async Task<string> PathAsync(RadioHost radio) => (await PoleAsync(radio)).Path;

    private static async Task<(string Node, string Path)> PoleAsync(RadioHost radio)
    {
        using var admin = radio.Program();
        var area = await admin.AreaAsync();
        var node = await admin.NodeAsync(area);
        var opened = await admin.PutAsJsonAsync(
            new Uri($"/api/v1/areas/{area}/complaint-form", UriKind.Relative), new { open = true });
        Assert.Equal(HttpStatusCode.NoContent, opened.StatusCode);
        var made = await (await admin.PostAsync($"/api/v1/nodes/{node}/complaint-address", new { })).JsonAsync();
        Assert.True(made.GetProperty("open").GetBoolean());
        return (node, made.GetProperty("path").GetString()!);
    }

    private async Task<(HttpStatusCode Status, string Page)> AnswerAsync(string path)
    {
        using var browser = _radio.Browser();
        await browser.OpenAsync(path);
        return (browser.Status, browser.Page);
    }

    // Each rendering has its own form token; the address stands in the choice of language.
    private async Task<(HttpStatusCode Status, string Page)> NoneAsync(string path)
    {
        var (status, page) = await AnswerAsync(path);
        return (status, Token().Replace(page, ""));
    }

    private async Task<List<Complaint>> ComplaintsAsync()
    {
        await using var db = await _radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        return await db.Complaints.AsNoTracking().ToListAsync();
    }

    [GeneratedRegex("name=\"once\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Once();

    [GeneratedRegex("<a [^>]*href=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("/phan-anh/[2-9a-z]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Public();

    [GeneratedRegex(
        "(name=\"(__RequestVerificationToken|back|once)\" value=\"[^\"]+\")", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
