using System.Globalization;
using SmartRadio.Controller;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Hosting;

/// <summary>The program's switches. Each is another way to write a configuration key, and wins over all other ways.</summary>
internal static class CommandLine
{
    private const string DataKey = "SmartRadio:Data";

    private static readonly Switch[] Switches =
    [
        new("--data", DataKey, "DIR", "thư mục dữ liệu / folder for all data (data)"),
        new("--port", "SmartRadio:Port", "N", "cổng của trang web / port of the web page (5080)", 0, 65_535),
        new("--tls-port", "SmartRadio:Tls:Port", "N",
            "cổng TLS để cụm loa ở máy khác ghi danh / TLS port where nodes on other machines enrol", 0, 65_535),
        new("--tls-names", "SmartRadio:Tls:Names", "LIST",
            "tên, địa chỉ của máy chủ trong chứng chỉ / names and addresses for the certificate"),
        new("--mqtt-port", "SmartRadio:Mqtt:Port", "N", "cổng MQTT cho cụm loa / MQTT port for the nodes (1883)", 0, 65_535),
        new("--mqtt-tls-port", "SmartRadio:Mqtt:TlsPort", "N",
            "cổng MQTT qua TLS cho cụm loa / MQTT port over TLS for the nodes", 0, 65_535),
        new("--demo", "SmartRadio:Demo", "N", "xã thử nghiệm với N cụm loa ảo / demo commune with N virtual nodes", 1, 10_000),
        new("--bootstrap-key", "SmartRadio:BootstrapKey", "FILE",
            "ghi khóa API của quản trị viên lần chạy đầu / write an administrator's API key on first start"),
    ];

    public static string Help => string.Join(
        Environment.NewLine,
        Switches.Select(s => string.Create(CultureInfo.InvariantCulture, $"  {s.Name + " " + s.Value,-24}{s.Meaning}"))
            .Prepend("SmartRadio"));

    /// <summary>Configuration keys and values, or null when help was asked for.</summary>
    /// <exception cref="StartFailure">An unknown switch, or a value that is missing or out of range.</exception>
    public static Dictionary<string, string?>? Read(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--help" or "-h")
            {
                return null;
            }

            var (name, value) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            var known = Array.Find(Switches, s => s.Name == name) ?? throw StartFailure.UnknownSwitch(name);
            value ??= i + 1 < arguments.Count ? arguments[++i] : throw StartFailure.BadValue(known.Name, known.Value);
            known.Check(value);
            settings[known.Key] = value;
        }

        return settings;
    }

    /// <summary>Where the data lie, for a command that works beside the program.</summary>
    /// <exception cref="StartFailure">An unknown switch, or a value that is missing.</exception>
    public static string DataFolder(IReadOnlyList<string> arguments) =>
        (Read(arguments) ?? []).GetValueOrDefault(DataKey)
        // In the order of the running program's own configuration.
        ?? new ConfigurationBuilder()
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build()[DataKey]
        ?? new RadioOptions().Data;

    private sealed record Switch(string Name, string Key, string Value, string Meaning, int? Smallest = null, int? Largest = null)
    {
        public void Check(string value)
        {
            var valid = Smallest is null
                ? value.Length > 0
                : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= Smallest && number <= Largest;
            if (!valid)
            {
                throw StartFailure.BadValue(Name, Smallest is null ? Value : $"{Smallest}–{Largest}");
            }
        }
    }
}
