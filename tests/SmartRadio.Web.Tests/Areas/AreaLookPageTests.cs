using System.Net;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Areas;

public sealed class AreaLookPageTests(RadioHost radio) : IClassFixture<RadioHost>
{
    [Theory]
    [InlineData("vi", "“Xã hòa  Bình” trông giống “Xã Hòa Bình” đã có cùng cấp nên dễ nhầm")]
    [InlineData("en", "“Xã hòa  Bình” looks like “Xã Hòa Bình”, which lies beside it")]
    public async Task Name_that_looks_like_the_one_beside_it_is_refused_with_a_sentence(string language, string sentence)
    {
        using var program = radio.Program(language);
        var province = await program.AreaAsync();
        await program.AreaAsync("Hòa Bình", province);
        await program.AreaAsync("Hoa Bình", province);
        using var browser = await radio.SignedInAsync(language);
        await browser.OpenAsync("/areas/new");

        await browser.SendAsync(
            "/areas/new", ("_handler", "area"), ("name", "hòa  Bình"), ("level", "Xã"), ("code", "7071"),
            ("parent", $"{province}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.StartsWith(sentence, browser.Refusal(), StringComparison.Ordinal);
        await (await program.PostAsync(
            "/api/v1/areas", new { code = "7071", name = "HÒA BÌNH", level = "Xã", parentId = province }))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "AreaLooksTaken");
    }
}
