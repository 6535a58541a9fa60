using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>axe-core, the rules most accessibility audits go by, and whether a page fits its screen.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    };

    /// <summary>What the page as it is now does wrong by WCAG 2.2 A and AA: address, rule and element.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(IPage page)
    {
        var result = await page.RunAxe(Rules);
        Assert.NotEmpty(result.Passes);
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{page.Url}: {rule.Id}: {node.Html}"))];
    }

    /// <summary>
    /// Whether the page has to be moved sideways. Not by the window's inner width: on a phone it grows with what is too wide.
    /// </summary>
    public static Task<bool> IsTooWideAsync(IPage page) => page.EvaluateAsync<bool>(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Tabs whose words do not fit, or touch those of the next.</summary>
    public static async Task<IReadOnlyList<string>> CutTabsAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          const words = [...document.querySelectorAll('nav.tabs > a')].filter(tab => tab.offsetWidth > 0).map(tab => {
            const range = document.createRange();
            range.selectNodeContents(tab);
            return { text: tab.textContent.trim(), place: range.getBoundingClientRect(), tab: tab.getBoundingClientRect() };
          });
          return words.filter((each, i) => each.place.left < each.tab.left || each.place.right > each.tab.right
            || (i > 0 && words[i - 1].place.top === each.place.top && each.place.left - words[i - 1].place.right < 2))
            .map(each => each.text);
        }
        """);
}
