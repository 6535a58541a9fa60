using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>An entry as the page of the audit log shows it.</summary>
internal sealed record AuditLine(string What, string Who, string Detail);

/// <summary>The audit log, read on a page of an administrator of everywhere who does nothing else.</summary>
internal sealed partial class AuditLog(IPage page)
{
    /// <summary>What the program itself does is written down under this name.</summary>
    private const string Program = "SmartRadio";

    private int _rows;

    /// <summary>What people did since the last look, the newest first; at most 50.</summary>
    public async Task<IReadOnlyList<AuditLine>> NewAsync()
    {
        await page.GotoAsync("/audit");
        // The chain is counted whole, page after page is not read.
        var before = _rows;
        _rows = int.Parse(
            Number().Match(await page.Locator("main .notice:not(.exercise)").First.InnerTextAsync()).Value, CultureInfo.InvariantCulture);
        var lines = await page.EvaluateAsync<string[][]>(
            "[...document.querySelectorAll('main li.row')].map(row => ['strong', '.small-text:not(.number)', 'code'].map(part => row.querySelector(part).textContent))");
        return [.. lines.Take(_rows - before).Select(line => new AuditLine(line[0], line[1], line[2]))
            .Where(line => line.Who != Program)];
    }

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
