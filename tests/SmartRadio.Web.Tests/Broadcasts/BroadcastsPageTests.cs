using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Broadcasts;

/// <summary>The list of broadcasts: looked through, turned over, taken home as a table.</summary>
public sealed class BroadcastsPageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private static readonly DateTimeOffset Long = DateTimeOffset.UtcNow.AddDays(-40);

    [Fact]
    public async Task Past_ones_are_found_by_title_class_day_area_and_outcome()
    {
        using var client = radio.Program();
        var (near, far) = (await client.AreaAsync(), await client.AreaAsync());
        var (one, two) = (await client.NodeAsync(near), await client.NodeAsync(far));
        var (market, school) = (await BulletinAsync(client, "Chợ phiên"), await BulletinAsync(client, "Trường học"));
        await AddAsync(
            Row(market, Long, one, near, TargetState.Played),
            Row(school, Long.AddDays(1), two, far, TargetState.Missed, BroadcastClass.Priority),
            Row(school, Long.AddDays(2), one, near, TargetState.Missed, state: BroadcastState.Stopped));
        using var browser = await radio.SignedInAsync();

        Assert.Equal(["Chợ phiên"], await TitlesAsync(browser, "q=cho+phien"));
        Assert.Equal(["Trường học"], await TitlesAsync(browser, "class=priority"));
        Assert.Equal(["Chợ phiên"], await TitlesAsync(browser, $"day={Day(Long)}&area={near}"));
        Assert.Equal(["Trường học"], await TitlesAsync(browser, $"area={far}"));
        Assert.Equal(["Trường học", "Chợ phiên"], await TitlesAsync(browser, $"area={near}"));
        Assert.Equal(["Chợ phiên"], await TitlesAsync(browser, $"outcome=heard&area={near}"));
        Assert.Equal(["Trường học"], await TitlesAsync(browser, $"outcome=failed&area={far}"));
        Assert.Empty(await TitlesAsync(browser, $"outcome=failed&area={near}"));
        Assert.Equal(["Trường học"], await TitlesAsync(browser, $"outcome=stopped&area={near}"));
        Assert.Contains("<option value=\"stopped\" selected", browser.Page, StringComparison.Ordinal);
        // What is no such choice of the past is not looked for.
        Assert.Equal(2, (await TitlesAsync(browser, $"outcome=waiting&area={near}")).Count);
        await browser.OpenAsync("/broadcasts?when=past&q=khong+co");
        Assert.Contains("There is no such broadcast.", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_to_come_are_found_by_state()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var node = await client.NodeAsync(area);
        var (kept, cancelled) = (await BulletinAsync(client, "Còn phát"), await BulletinAsync(client, "Đã bỏ"));
        var soon = DateTimeOffset.UtcNow.AddDays(2);
        await AddAsync(
            Row(kept, soon, node, area, TargetState.Waiting, state: BroadcastState.Planned),
            Row(cancelled, soon, node, area, TargetState.Missed, state: BroadcastState.Stopped));
        using var browser = await radio.SignedInAsync();

        Assert.Equal(["Còn phát"], await TitlesAsync(browser, $"outcome=waiting&area={area}", when: null));
        Assert.Equal(["Đã bỏ"], await TitlesAsync(browser, $"outcome=stopped&area={area}", when: null));
        Assert.Equal(2, (await TitlesAsync(browser, $"area={area}", when: null)).Count);
    }

    [Fact]
    public async Task Next_page_goes_on_with_the_same_search()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var node = await client.NodeAsync(area);
        var bulletin = await BulletinAsync(client, "Nhiều trang");
        await AddAsync([.. Enumerable.Range(0, 60).Select(
            minute => Row(bulletin, Long.AddMinutes(minute), node, area, TargetState.Played))]);
        using var browser = await radio.SignedInAsync();
        Assert.Equal(50, (await TitlesAsync(browser, $"outcome=heard&area={area}")).Count);
        var first = LinesOf(browser);

        await browser.OpenAsync(WebUtility.HtmlDecode(Regex.Match(
            browser.Page, "/broadcasts\\?[^\"]*after=[^\"]*", RegexOptions.None, TimeSpan.FromSeconds(1)).Value));

        Assert.Contains("outcome=heard", browser.Path, StringComparison.Ordinal);
        Assert.Equal(10, LinesOf(browser).Count);
        Assert.Empty(first.Intersect(LinesOf(browser)));
    }

    [Fact]
    public async Task Table_holds_what_the_search_finds_in_the_readers_language()
    {
        using var client = radio.Program();
        var area = await client.AreaAsync();
        var node = await client.NodeAsync(area);
        var bulletin = await BulletinAsync(client, "=cmd \"A\"");
        var start = new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.FromHours(7));
        await AddAsync(Row(bulletin, start, node, area, TargetState.Played));
        using var browser = await radio.SignedInAsync("vi");

        await browser.OpenAsync($"/broadcasts.csv?when=past&area={area}");

        var lines = browser.Page.TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal(
            "\"Bắt đầu\",\"Tên bản tin\",\"Loại tin\",\"Kết quả\",\"Số cụm loa\",\"Số cụm đã phát\",\"Số cụm không phát được\",\"Dài (giây)\"",
            lines[0]);
        Assert.Equal("2026-03-04 05:00:00,\"'=cmd \"\"A\"\"\",\"Thông thường\",\"Đã phát\",1,1,0,2", lines[1]);
        Assert.Equal((string.Empty, 3), (lines[2], lines.Length));
    }

    [Fact]
    public async Task Table_that_is_cut_says_so_and_so_does_the_page_before()
    {
        using var client = radio.Program();
        var bulletin = await BulletinAsync(client, "Rất nhiều");
        await using (var db = await OpenAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.InsertAsync(
                Enumerable.Range(0, 10_001).Select(second => new Broadcast
                {
                    Id = 1_000_000 + second,
                    BulletinId = bulletin,
                    Class = BroadcastClass.Emergency,
                    Start = Long.AddDays(-30).AddSeconds(-second),
                    LatestStart = Long,
                    Length = TimeSpan.FromSeconds(2),
                    State = BroadcastState.Missed,
                    Audience = new Audience([], []),
                }),
                CancellationToken.None);
            await transaction.CommitAsync();
        }

        using var browser = await radio.SignedInAsync();
        const string Sentence = "The CSV table holds the first 10000 broadcasts only.";

        await browser.OpenAsync("/broadcasts?when=past&q=rat+nhieu");
        Assert.Contains(Sentence, browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/broadcasts.csv?when=past&q=rat+nhieu");
        var lines = browser.Page.TrimEnd().Split("\r\n");
        Assert.Equal(1 + 10_000 + 1, lines.Length);
        Assert.StartsWith($"\"{Sentence}", lines[^1], StringComparison.Ordinal);
        await browser.OpenAsync("/broadcasts?when=past&q=cho+phien");
        Assert.DoesNotContain(Sentence, browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+84", "\"'+84\"")]
    [InlineData("-5", "\"'-5\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("＝1+1", "\"'＝1+1\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("Họp, \"gấp\"", "\"Họp, \"\"gấp\"\"\"")]
    [InlineData("", "\"\"")]
    public void Cell_is_never_a_formula(string cell, string written) =>
        Assert.Equal(written, SmartRadio.Web.Broadcasts.BroadcastCsv.Quoted(cell));

    private static string Day(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<string>> TitlesAsync(Browser browser, string search, string? when = "past")
    {
        await browser.OpenAsync($"/broadcasts?{(when is null ? null : $"when={when}&")}{search}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return [.. Lines(browser).Select(line => line.Groups["title"].Value)];
    }

    private static List<string> LinesOf(Browser browser) => [.. Lines(browser).Select(line => line.Groups["id"].Value)];

    private static MatchCollection Lines(Browser browser) => Regex.Matches(
        browser.Page, "<a class=\"row\" href=\"/broadcasts/(?<id>[0-9]+)\">\\s*<strong class=\"grow\">(?<title>[^<]*)<",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    private static async Task<long> BulletinAsync(HttpClient client, string title) =>
        (await (await client.UploadAsync(title, Sounds.Wav(2))).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();

    private static Broadcast Row(
        long bulletin, DateTimeOffset start, string node, long area, TargetState target,
        BroadcastClass kind = BroadcastClass.Normal, BroadcastState state = BroadcastState.Finished) => new()
        {
            BulletinId = bulletin,
            Class = kind,
            Start = start,
            LatestStart = start.AddMinutes(5),
            Length = TimeSpan.FromSeconds(2),
            State = state,
            StoppedAt = state == BroadcastState.Stopped ? start : null,
            Audience = new Audience([area], []),
            Targets =
            {
                new Target
                {
                    NodeId = node,
                    AreaId = area,
                    State = target,
                    Reason = state == BroadcastState.Stopped ? ReceiptReason.Stopped
                        : target == TargetState.Missed ? ReceiptReason.NoSound : ReceiptReason.None,
                    Samples = target == TargetState.Played ? 16_000 : 0,
                },
            },
        };

    private async Task AddAsync(params Broadcast[] broadcasts)
    {
        await using var db = await OpenAsync();
        db.Broadcasts.AddRange(broadcasts);
        await db.SaveChangesAsync();
    }

    private Task<RadioDb> OpenAsync() =>
        radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
}
