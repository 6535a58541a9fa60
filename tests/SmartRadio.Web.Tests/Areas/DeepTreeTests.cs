using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Areas;

/// <summary>An area tree of thousands of levels, made before there was a limit, neither ends the program nor hides any.</summary>
public sealed class DeepTreeTests(RadioHost radio) : IClassFixture<RadioHost>
{
    private const int Deep = 3000;

    [Theory]
    [InlineData("/areas")]
    [InlineData("/areas/new")]
    [InlineData("/air")]
    [InlineData("/bulletins/new")]
    [InlineData("/nodes/new")]
    [InlineData("/people")]
    [InlineData("/stop")]
    public async Task Page_shows_areas_of_every_level(string path)
    {
        await FillAsync();
        using var browser = await radio.SignedInAsync();

        await browser.OpenAsync(path);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        // Stop shows one level at a time, and below a single root that of its areas.
        Assert.Contains(path == "/stop" ? "Sâu 2" : $"Sâu {Deep}", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_lists_areas_of_every_level()
    {
        await FillAsync();
        using var program = radio.Program();
        using var list = await program.FetchAsync("/api/v1/areas?limit=1");

        Assert.Equal(1, (await list.JsonAsync()).GetArrayLength());
        Assert.Equal([$"{Deep}"], list.Headers.GetValues("X-Total-Count"));
    }

    private async Task FillAsync()
    {
        await using var db = await radio.Services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync();
        if (await db.Areas.AnyAsync())
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.InsertAsync(
            Enumerable.Range(1, Deep).Select(id => new Area
            {
                Id = id,
                ParentId = id == 1 ? null : id - 1,
                Code = $"{id}",
                Name = $"Sâu {id}",
                Level = "Thôn",
            }),
            CancellationToken.None);
        await transaction.CommitAsync();
    }
}
