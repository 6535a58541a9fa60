using System.Net;
using System.Text;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Complaints;

/// <summary>The codes of all loudspeakers of an area, to be printed.</summary>
public sealed class PoleCodesPageTests : IAsyncLifetime
{
    private const int Poles = 26;
    private const int MostBytes = 60 * 1024;

    private readonly RadioHost _radio = new();

    public ValueTask InitializeAsync() => _radio.InitializeAsync();

    public ValueTask DisposeAsync() => _radio.DisposeAsync();

    [Fact]
    public async Task Every_code_of_an_area_stands_on_parts_of_at_most_60_KB()
    {
        using var admin = _radio.Program();
        var area = await admin.AreaAsync();
        var tokens = new List<string>();
        for (var index = 0; index < Poles; index++)
        {
            var node = await admin.NodeAsync(area);
            var made = await (await admin.PostAsync($"/api/v1/nodes/{node}/complaint-address", new { })).JsonAsync();
            tokens.Add(made.GetProperty("path").GetString()![^12..]);
        }

        using var officer = await _radio.SignedInAsync();
        var first = await PageAsync(officer, $"/complaints/codes?area={area}");
        var next = first.Split("href=\"").Select(part => part.Split('"')[0])
            .Single(part => part.Contains("after=", StringComparison.Ordinal));
        var second = await PageAsync(officer, WebUtility.HtmlDecode(next));

        Assert.InRange(Encoding.UTF8.GetByteCount(first), 1, MostBytes);
        Assert.Equal((24, 24), (Shown(first, tokens), Count(first)));
        Assert.Equal((Poles, Poles), (Shown(first + second, tokens), Count(first + second)));
    }

    [Fact]
    public async Task Loudspeaker_without_a_code_is_counted()
    {
        using var admin = _radio.Program();
        var area = await admin.AreaAsync();
        await admin.NodeAsync(area);

        using var officer = await _radio.SignedInAsync();
        var page = await PageAsync(officer, $"/complaints/codes?area={area}");

        Assert.Contains("Loudspeakers of this part without a code: 1.", page, StringComparison.Ordinal);
        Assert.Equal(0, Count(page));
    }

    private static Task<string> PageAsync(Browser officer, string path) =>
        officer.Http.GetStringAsync(new Uri(path, UriKind.Relative));

    private static int Shown(string page, IEnumerable<string> tokens) =>
        tokens.Count(token => page.Contains(token, StringComparison.Ordinal));

    private static int Count(string page) => page.Split("class=\"qr\"").Length - 1;
}
