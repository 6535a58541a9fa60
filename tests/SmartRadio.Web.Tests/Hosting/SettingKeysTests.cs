using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Releases;
using SmartRadio.Web.Hosting;
using SmartRadio.Web.Mail;
using SmartRadio.Web.Metrics;
using SmartRadio.Web.Tls;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>The keys that rooms read and the keys that docs/operations.md names.</summary>
public sealed partial class SettingKeysTests
{
    private static readonly (Type Type, string Section)[] Sections =
    [
        (typeof(MqttOptions), "Mqtt:"), (typeof(TlsOptions), "Tls:"), (typeof(MetricsOptions), "Metrics:"),
        (typeof(LimitOptions), "Limits:"), (typeof(MailOptions), "Mail:"),
    ];

    [Fact]
    public void Operations_page_names_every_key_and_no_other()
    {
        var read =
            from type in new[] { typeof(RadioOptions).Assembly, typeof(WebOptions).Assembly }.SelectMany(
                assembly => assembly.GetTypes())
            where type.Name.EndsWith("Options", StringComparison.Ordinal) && type is { IsClass: true, IsAbstract: false }
                && type.BaseType == typeof(object)
            let section = Sections.FirstOrDefault(each => each.Type == type).Section
            from property in type.GetProperties()
            select section + RoomOptions.KeyOf(property);

        Assert.Equal(NamedKeys().Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_of_limits_states_the_defaults_and_ranges_of_the_code()
    {
        var limits = new LimitOptions();
        var stated = File.ReadLines(Page())
            .SkipWhile(line => !line.StartsWith("| key, `SmartRadio:Limits`", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`'), cells => (Default: cells[2], Range: cells[3]), StringComparer.Ordinal);

        foreach (var property in typeof(LimitOptions).GetProperties())
        {
            var (usual, range) = stated[property.Name];
            var most = property.GetCustomAttribute<RangeAttribute>()!;
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{property.GetValue(limits)}"), usual);
            Assert.Equal($"{Said(most, most.Minimum)} to {Said(most, most.Maximum)}", range);
        }

        static string Said(RangeAttribute range, object bound) =>
            range.OperandType == typeof(TimeSpan)
                ? TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture) switch
                {
                    { Days: > 0 and var days } => $"{days} d",
                    { Minutes: > 0 and var minutes } => $"{minutes} min",
                    var seconds => $"{seconds.Seconds} s",
                }
                : Grouped((int)bound);

        static string Grouped(int value) => value < 10_000
            ? value.ToString(CultureInfo.InvariantCulture)
            : value.ToString("N0", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Interval_is_read_by_its_flat_key()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("SmartRadio:Watch:Ends", "00:00:11"), new("SmartRadio:Watch:Starts", "00:00:12"),
                new("SmartRadio:Watch:Fleet", "00:00:13"),
                new("SmartRadio:Watch:Rollouts", "00:00:14"), new("SmartRadio:Tolerance", "00:00:15"),
            ])
            .Build();
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddRoomOptions<BroadcastOptions>().AddRoomOptions<DeliveryOptions>().AddRoomOptions<NodeOptions>()
            .AddRoomOptions<ReleaseOptions>()
            .BuildServiceProvider();

        Assert.Equal(11, Of<BroadcastOptions>().WatchEnds.TotalSeconds);
        Assert.Equal(12, Of<DeliveryOptions>().WatchStarts.TotalSeconds);
        Assert.Equal(13, Of<NodeOptions>().WatchFleet.TotalSeconds);
        Assert.Equal(14, Of<ReleaseOptions>().WatchRollouts.TotalSeconds);
        Assert.Equal(15, Of<BroadcastOptions>().Tolerance.TotalSeconds);

        T Of<T>()
            where T : class => services.GetRequiredService<IOptions<T>>().Value;
    }

    /// <summary>Environment names of flags, and the tables of keys whose head names their section.</summary>
    private static HashSet<string> NamedKeys()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        string? section = null;
        foreach (var line in File.ReadLines(Page()))
        {
            keys.UnionWith(Flag().Matches(line).Where(_ => line.StartsWith("| `--", StringComparison.Ordinal))
                .Select(match => match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal)));
            if (Head().Match(line) is { Success: true } head)
            {
                section = head.Groups["section"].Value is { Length: > 0 } below ? below + ":" : string.Empty;
            }
            else if (section is not null && line.StartsWith("| `", StringComparison.Ordinal))
            {
                keys.UnionWith(
                    Key().Matches(line.Split('|')[1]).Select(match => match.Groups["key"].Value).Where(key => !key.EndsWith('…'))
                    .Select(key => section + key));
            }
            else if (!line.StartsWith('|'))
            {
                section = null;
            }
        }

        return keys;
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SmartRadio.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "operations.md");
    }

    [GeneratedRegex("`SmartRadio__(?<key>\\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Flag();

    [GeneratedRegex(
        "^\\| key, (section )?`SmartRadio(:(?<section>\\w+))?`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Head();

    [GeneratedRegex("`(?<key>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
