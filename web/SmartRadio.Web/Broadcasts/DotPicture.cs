using System.Globalization;
using System.Text;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;

namespace SmartRadio.Web.Broadcasts;

/// <summary>
/// One picture for a broadcast: a dot a loudspeaker, grouped by village, failures first. All dots of one progress are
/// one path of points, so that 1,000 loudspeakers take some 10 KB.
/// </summary>
internal sealed class DotPicture
{
    /// <summary>The picture's own units; on a phone one is a pixel.</summary>
    public const int Width = 340;

    /// <summary>More groups than that are told one level up.</summary>
    private const int MostGroups = 60;

    private const int Pitch = 12;
    private const int Label = 18;
    private const int Columns = (Width - Pitch) / Pitch;

    /// <summary>Villages as people here look for them: Đ after D, 2 before 10.</summary>
    private static readonly StringComparer Names = StringComparer.Create(
        CultureInfo.GetCultureInfo("vi"), CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);

    private readonly Dictionary<BroadcastProgress, StringBuilder> _paths = [];

    /// <param name="targets">The loudspeakers.</param>
    /// <param name="tree">Says what lies above an area.</param>
    public DotPicture(IReadOnlyList<TargetDot> targets, AreaTree tree)
    {
        var groups = GroupsOf(targets, tree);
        var top = 0;
        var labels = new List<(string, int)>();
        foreach (var (name, members) in groups)
        {
            labels.Add((
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}  {members.Count(target => target.Progress == BroadcastProgress.Heard)}/{members.Count}"),
                top + Label - Pitch + 7));
            for (var i = 0; i < members.Count; i++)
            {
                Dot(members[i].Progress, Pitch + (Pitch * (i % Columns)), top + Label + 6 + (Pitch * (i / Columns)));
            }

            top += Label + (Pitch * ((members.Count + Columns - 1) / Columns)) + 4;
        }

        (Labels, Height) = (labels, top);
    }

    public int Height { get; }

    /// <summary>A group's name with how many heard it, and its base line.</summary>
    public IReadOnlyList<(string Text, int Y)> Labels { get; }

    /// <summary>The dots of each progress as the data of an SVG path; failures are crosses.</summary>
    public IEnumerable<(BroadcastProgress Progress, string Path)> Paths =>
        _paths.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.ToString()));

    /// <summary>Not played, or not to its end, though nobody cancelled it there.</summary>
    public static bool IsFailure(BroadcastProgress progress) =>
        progress is BroadcastProgress.HeardInPart or BroadcastProgress.NotReached or BroadcastProgress.Refused;

    private static List<(string Name, List<TargetDot> Members)> GroupsOf(IReadOnlyList<TargetDot> targets, AreaTree tree)
    {
        var places = targets.Select(target => target.AreaId).Distinct().ToDictionary(area => area, area => area);
        while (places.Values.Distinct().Count() > MostGroups)
        {
            var higher = places.ToDictionary(pair => pair.Key, pair => tree.Find(pair.Value)?.ParentId ?? pair.Value);
            if (higher.All(pair => places[pair.Key] == pair.Value))
            {
                break;
            }

            places = higher;
        }

        return [.. targets.GroupBy(target => places[target.AreaId])
            .Select(group => (
                Name: tree.Find(group.Key)?.Name ?? string.Empty,
                Members: group.OrderByDescending(target => IsFailure(target.Progress)).ToList()))
            .OrderByDescending(group => group.Members.Exists(target => IsFailure(target.Progress)))
            .ThenBy(group => group.Name, Names)];
    }

    private void Dot(BroadcastProgress progress, int x, int y)
    {
        var path = _paths.TryGetValue(progress, out var begun) ? begun : _paths[progress] = new StringBuilder();
        if (IsFailure(progress))
        {
            path.Append(CultureInfo.InvariantCulture, $"M{x - 3} {y - 3}l6 6m0-6l-6 6");
        }
        else
        {
            path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h0");
        }
    }
}
