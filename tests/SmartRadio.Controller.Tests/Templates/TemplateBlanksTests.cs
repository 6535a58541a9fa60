using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Templates;

namespace SmartRadio.Controller.Tests.Templates;

/// <summary>Names in square brackets are blanks.</summary>
public sealed class TemplateBlanksTests
{
    [Fact]
    public void Blanks_are_told_once_in_their_order() => Assert.Equal(
        ["giờ", "ngày", "địa điểm"], TemplateBlanks.Of("Họp lúc [giờ] ngày [ngày], tại [địa điểm]. Nhắc lại: [Giờ] [ngày]."));

    [Theory]
    [InlineData("Không có chỗ trống.")]
    [InlineData("Ngoặc rỗng [] và [hai\ndòng]")]
    [InlineData("[[giờ")]
    [InlineData(null)]
    public void Other_brackets_are_no_blanks(string? text) => Assert.Empty(TemplateBlanks.Of(text));

    [Fact]
    public void Fillings_stand_wherever_their_blank_does() => Assert.Equal(
        "Họp 7 giờ 30, tại [địa điểm]. Nhớ: 7 giờ 30.",
        TemplateBlanks.Fill("Họp [giờ], tại [địa điểm]. Nhớ: [Giờ].", [" 7 giờ  30 ", ""]));

    [Fact]
    public void Filling_is_no_blank_itself() => Assert.Equal("A [b] c", TemplateBlanks.Fill("A [a] [b]", ["[b]", "c"]));

    [Fact]
    public void Filling_that_is_too_long_is_left_out() =>
        Assert.Equal("[a]", TemplateBlanks.Fill("[a]", [new string('x', TemplateBlanks.LongestFilling + 1)]));

    [Fact]
    public async Task Every_built_in_template_has_blanks_and_is_found_by_its_key()
    {
        await using var controller = await TestController.StartAsync();
        var templates = controller.Get<TemplateQuery>();
        var all = await templates.ListAsync(AreaScope.Everywhere, 10, CancellationToken.None);

        Assert.Equal(8, all.Count);
        Assert.All(all, row => Assert.True(row.IsBuiltIn && TemplateBlanks.Of(row.Text).Count > 0, row.Title));
        foreach (var row in all)
        {
            Assert.Equal(row, await templates.FindAsync(row.Key, AreaScope.Everywhere, CancellationToken.None));
        }
    }
}
