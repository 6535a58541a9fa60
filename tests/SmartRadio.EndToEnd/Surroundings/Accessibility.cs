using System.Text.Json;
using Microsoft.Playwright;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>axe-core, the rules most accessibility audits go by, fetched once from npm.</summary>
internal sealed class Accessibility
{
    private const string Version = "4.14.0";

    private readonly string _script;

    private Accessibility(string script) => _script = script;

    public static async Task<Accessibility> LoadAsync()
    {
        var folder = Path.Combine(Built.Artifacts, $"axe-core-{Version}");
        var script = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script))
        {
            Directory.CreateDirectory(folder);
            await ChildProcess.RunAsync("npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", $"axe-core@{Version}");
        }

        return new Accessibility(await File.ReadAllTextAsync(script));
    }

    /// <summary>What the page as it is now does wrong by WCAG 2.2 A and AA: rule and element.</summary>
    public async Task<IReadOnlyList<string>> FaultsOfAsync(IPage page)
    {
        await page.EvaluateAsync(_script);
        var faults = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
              const { violations, passes } = await axe.run(document, rules);
              if (passes.length === 0) return ['nothing was checked'];
              return violations.flatMap(rule => rule.nodes.map(node => `${location.pathname}: ${rule.id}: ${node.html}`));
            }
            """);
        return [.. faults.EnumerateArray().Select(fault => fault.GetString()!)];
    }
}
