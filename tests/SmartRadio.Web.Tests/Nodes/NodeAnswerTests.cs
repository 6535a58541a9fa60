using System.Globalization;
using System.Text.Json;
using SmartRadio.Controller.Nodes;
using SmartRadio.Web.Nodes;

namespace SmartRadio.Web.Tests.Nodes;

public sealed class NodeAnswerTests
{
    // The row has the id; codecs and counter are the controller's own affair; refusals are counted by reason; uptime is on the
    // page alone.
    private static readonly string[] Kept =
    [
        nameof(NodeStatus.NodeId), nameof(NodeStatus.Codecs), nameof(NodeStatus.UpCounter), nameof(NodeStatus.Rejected),
        nameof(NodeStatus.Uptime),
    ];

    public static TheoryData<string> Facts =>
        new(typeof(NodeStatus).GetProperties().Select(property => property.Name).Except(Kept, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Facts))]
    public void Every_fact_of_a_status_is_in_the_answer(string fact)
    {
        var changed = new NodeStatus { NodeId = "0123456789abcdef" };
        var property = typeof(NodeStatus).GetProperty(fact)!;
        property.SetValue(changed, Other(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));

        Assert.NotEqual(Answer(new NodeStatus { NodeId = changed.NodeId }), Answer(changed));
    }

    private static object? Other(Type type) => type switch
    {
        { IsEnum: true } => Enum.GetValues(type).GetValue(1),
        _ when type == typeof(bool) => true,
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(7),
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
        _ => Convert.ChangeType(7, type, CultureInfo.InvariantCulture),
    };

    private static string Answer(NodeStatus status) => JsonSerializer.Serialize(
        NodeAnswer.Of(new NodeRow(status.NodeId, "Cụm loa", 1, "Xã", 80, false, 1, status)));
}
