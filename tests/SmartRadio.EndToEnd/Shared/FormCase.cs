using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SmartRadio.EndToEnd.Shared;

/// <summary>How one form of the program is tapped twice.</summary>
/// <param name="Form">Its name, as in <see cref="FormList"/>.</param>
/// <param name="Page">Prepares what it needs and returns the address of its page.</param>
/// <param name="Leads">Where the second answer leads, as a pattern of path and query.</param>
internal sealed record FormCase(string Form, Func<Task<string>> Page, string Leads)
{
    /// <summary>Why it is not tapped here at all, or null.</summary>
    public string? Untapped { get; init; }

    /// <summary>Fills the form, found by its fields; null = it is sent as it is shown.</summary>
    public Func<IPage, Task>? Fill { get; init; }

    /// <summary>Shows it; null = the first administrator's page.</summary>
    public IPage? By { get; init; }

    /// <summary>The element that is tapped; null = the form's own button.</summary>
    public string? Tapped { get; init; }

    /// <summary>How many entries the two taps add to the audit log.</summary>
    public (int Least, int Most) Entries { get; init; } = (1, 1);

    /// <summary>
    /// What the answer shows and no later one does, as a selector; empty = the answer renews the session. Such a form is sent
    /// once by the page, for the answer to a second would take its place. Null = both taps are sent.
    /// </summary>
    public string? ShownOnce { get; init; }

    /// <summary>Why two taps are not one act, or null.</summary>
    public string? Why { get; init; }

    /// <summary>A selector of what is tapped.</summary>
    public string Button => Tapped ?? (Form.Split(' ') is [_, var name]
        ? $"form:has(> input[name=_handler][value={name}]) button:not([type=button])"
        : Form.Contains('{', StringComparison.Ordinal)
            ? $"button[formaction^='{Form[..Form.IndexOf('{', StringComparison.Ordinal)]}'][formaction$='{Form[(Form.LastIndexOf('}') + 1)..]}']"
            : $"button[formaction='{Form}']");

    public bool LeadsTo(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && Regex.IsMatch(
                uri.PathAndQuery, string.Create(CultureInfo.InvariantCulture, $"^({Leads})$"), RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1));
}
