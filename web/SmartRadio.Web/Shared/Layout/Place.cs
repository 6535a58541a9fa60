using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Shared.Layout;

/// <summary>Where one can go; four fit on a phone beside "more", which leads to the rest.</summary>
/// <param name="Icon">A name of Icon.razor, or an own path, 24 × 24.</param>
/// <param name="Text">Resource of its name.</param>
/// <param name="Always">On a phone too.</param>
/// <param name="Needs">Shown only to those who hold one of these rights somewhere; empty = to all.</param>
internal sealed record Place(string Path, string Icon, string Text, bool Always = false, params IReadOnlyList<Right> Needs)
{
    /// <summary>Shown only to those who hold the right everywhere.</summary>
    public bool Everywhere { get; init; }

    public bool IsFor(Grants grants) =>
        Needs.Count == 0 || Needs.Any(right => Everywhere ? grants.Of(right).IsEverywhere : grants.MayAnywhere(right));
}
