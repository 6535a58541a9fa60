using System.Text.Encodings.Web;
using System.Text.Unicode;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Tests.Text;

public sealed class ShownTextTests
{
    private readonly HtmlEncoder _shown = new ShownText();

    [Theory]
    [InlineData("esp32\u202e23pse", "esp32\ufffd23pse")]
    [InlineData("1.0\u200b", "1.0\ufffd")]
    [InlineData("\u2066a\u2069", "\ufffda\ufffd")]
    [InlineData("\ufeffx\u00ad", "\ufffdx\ufffd")]
    [InlineData("a\u3164b", "a\ufffdb")]
    [InlineData("\U000e0041<", "\ufffd&lt;")]
    public void Hidden_and_reordering_characters_are_marked(string text, string expected) =>
        Assert.Equal(expected, _shown.Encode(text));

    [Theory]
    [InlineData("Loa phường Đông, số 5 – “Thử” 👍🏽")]
    [InlineData("<b> & \"x\" 'y' \ud800 \u0001")]
    [InlineData("ก\u200dข")]
    public void All_else_is_written_as_before(string text) =>
        Assert.Equal(HtmlEncoder.Create(UnicodeRanges.All).Encode(text), _shown.Encode(text));
}
