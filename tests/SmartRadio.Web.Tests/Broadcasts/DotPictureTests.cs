using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;
using SmartRadio.Web.Broadcasts;

namespace SmartRadio.Web.Tests.Broadcasts;

public sealed class DotPictureTests
{
    private static readonly AreaTree Tree = new(
        Enumerable.Range(1, 200).Select(i => new Area
        {
            Id = i,
            // The first ten are communes, the others their villages.
            ParentId = i <= 10 ? null : (i % 10) + 1,
            Code = $"{i:000}",
            Name = $"Thôn {i:000}",
            Level = "Thôn",
        }));

    [Fact]
    public void Thousand_loudspeakers_take_less_than_20_KB()
    {
        var picture = Of(Enumerable.Range(0, 1000).Select(i => Target(11 + (i % 60), (TargetState)(i % 9))));

        var length = picture.Paths.Sum(path => path.Path.Length) + picture.Labels.Sum(label => label.Text.Length + 30);
        Assert.InRange(length, 5_000, 20_000);
    }

    [Fact]
    public void Each_loudspeaker_is_one_dot()
    {
        var picture = Of(Enumerable.Range(0, 300).Select(i => Target(11 + (i % 7), (TargetState)(i % 9))));

        Assert.Equal(300, picture.Paths.Sum(path => path.Path.Count(letter => letter == 'M')));
    }

    [Fact]
    public void Village_with_a_failure_comes_first()
    {
        var picture = Of([Target(11, TargetState.Played), Target(12, TargetState.Played), Target(12, TargetState.Missed)]);

        Assert.Equal(["Thôn 012  1/2", "Thôn 011  1/1"], picture.Labels.Select(label => label.Text));
    }

    [Fact]
    public void Villages_stand_in_Vietnamese_order()
    {
        string[] names = ["Thượng", "Thôn 10", "Hạ", "Đông", "Dâu", "Thôn 2", "Đoài"];
        var tree = new AreaTree(names.Select((name, i) => new Area
        {
            Id = i,
            Code = $"{i}",
            Name = name,
            Level = "Thôn",
        }));

        var picture = new DotPicture([.. names.Select((_, i) => Target(i, TargetState.Played))], tree);

        Assert.Equal(
            ["Dâu", "Đoài", "Đông", "Hạ", "Thôn 2", "Thôn 10", "Thượng"], picture.Labels.Select(label => label.Text.Split("  ")[0]));
    }

    [Fact]
    public void Failed_loudspeakers_come_first_in_their_village()
    {
        var picture = Of([Target(11, TargetState.Played), Target(11, TargetState.Played), Target(11, TargetState.Missed)]);

        var failed = Assert.Single(picture.Paths, path => DotPicture.IsFailure(path.Progress));
        // A cross around the place of the first dot.
        Assert.StartsWith("M9 ", failed.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Hundreds_of_villages_are_told_by_their_communes()
    {
        var picture = Of(Enumerable.Range(11, 190).Select(area => Target(area, TargetState.Played)));

        Assert.Equal(10, picture.Labels.Count);
        Assert.All(picture.Labels, label => Assert.EndsWith("19/19", label.Text, StringComparison.Ordinal));
    }

    private static DotPicture Of(IEnumerable<TargetDot> targets) => new([.. targets], Tree);

    private static TargetDot Target(long area, TargetState state) => new(
        area, TargetProgress.Of(state, ReceiptReason.None, state is TargetState.Played or TargetState.Interrupted));
}
