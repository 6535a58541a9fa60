using SmartRadio.Controller.Access.Accounts;

namespace SmartRadio.Web.Hosting;

/// <summary>
/// What the console says once the program serves. The first password goes here and nowhere else: it does not pass through
/// the logs, which may be kept.
/// </summary>
internal sealed class Greeting
{
    public GeneratedPassword? First { get; set; }

    /// <summary>What can be done with the demo commune, or null.</summary>
    public string? Demo { get; set; }

    /// <summary>Why ffmpeg and espeak-ng run without a sandbox, or null.</summary>
    public string? SandboxLack { get; set; }

    public void Print(IEnumerable<string> addresses) => Console.WriteLine(Text(addresses));

    /// <param name="addresses">Where the program serves; what is over TLS is for nodes too.</param>
    public string Text(IEnumerable<string> addresses)
    {
        var lines = addresses.Select(address => address.StartsWith("https:", StringComparison.Ordinal)
            ? $"  Qua TLS, nơi cụm loa ghi danh / over TLS, where nodes enrol: {address}"
            : $"SmartRadio đã sẵn sàng / is ready: {address}").Prepend(string.Empty);
        if (First is { } first)
        {
            lines = lines.Concat(Show(first));
        }

        if (Demo is not null)
        {
            lines = lines.Append(Demo);
        }

        if (SandboxLack is { } lack)
        {
            lines = lines.Append(
                $"  ffmpeg và espeak-ng chạy không có hộp cách ly / run without a sandbox: {lack} (docs/operations.md)");
        }

        return string.Join(Environment.NewLine, lines.Append("Dừng bằng Ctrl-C. / Stop with Ctrl-C.").Append(string.Empty));
    }

    /// <summary>A password as the console shows it, once.</summary>
    internal static IEnumerable<string> Show(GeneratedPassword made) =>
    [
        $"  Tên đăng nhập / user name: {made.UserName}",
        $"  Mật khẩu / password:       {made.Password}",
        "  Mật khẩu chỉ hiện lần này và chỉ để đăng nhập lần đầu: sau đó bạn đặt mật khẩu của mình.",
        "  The password is shown only once and opens only the first time: you then choose your own.",
    ];
}
