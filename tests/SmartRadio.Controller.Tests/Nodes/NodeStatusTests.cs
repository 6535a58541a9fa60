using System.Globalization;
using System.Reflection;
using SmartRadio.Controller.Nodes;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Controller.Tests.Nodes;

public sealed class NodeStatusTests
{
    private static readonly NodeStatus Before = new() { NodeId = "0123456789abcdef" };

    public static TheoryData<string, string> Fields => new(
        from type in new[] { typeof(Hello), typeof(Heartbeat), typeof(Health) }
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        select (type.Name, property.Name));

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_a_node_reports_changes_its_status(string message, string field)
    {
        Assert.NotEqual(After(message, field: null), After(message, field));
    }

    private static NodeStatus After(string message, string? field) => message switch
    {
        nameof(Hello) => Before.After(With(new Hello { Firmware = "1", Hardware = "bench" }, field), DateTimeOffset.UnixEpoch),
        nameof(Heartbeat) => Before.After(With(new Heartbeat(), field), DateTimeOffset.UnixEpoch),
        _ => Before.After(With(new Health(), field), DateTimeOffset.UnixEpoch),
    };

    private static T With<T>(T message, string? field)
        where T : notnull
    {
        if (field is not null)
        {
            var property = typeof(T).GetProperty(field)!;
            property.SetValue(message, property.PropertyType.IsEnum
                ? Enum.GetValues(property.PropertyType).GetValue(1)
                : Convert.ChangeType(7, property.PropertyType, CultureInfo.InvariantCulture));
        }

        return message;
    }
}
