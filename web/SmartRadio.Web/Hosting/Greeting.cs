using SmartRadio.Controller.People;

namespace SmartRadio.Web.Hosting;

/// <summary>
/// What the console says once the program serves. The first password goes here and nowhere else: it does not pass through
/// the logs, which may be kept.
/// </summary>
internal sealed class Greeting
{
    public FirstAdministratorResult? First { get; set; }

    /// <summary>What can be done with the demo commune, or null.</summary>
    public string? Demo { get; set; }

    public void Print(string address)
    {
        Console.WriteLine();
        Console.WriteLine($"SmartRadio đã sẵn sàng / is ready: {address}");
        if (First is { } first)
        {
            Console.WriteLine($"  Tên đăng nhập / user name: {first.UserName}");
            Console.WriteLine($"  Mật khẩu / password:       {first.Password}");
            Console.WriteLine("  Mật khẩu chỉ hiện lần này, hãy ghi lại. / This is shown only once, write it down.");
        }

        if (Demo is not null)
        {
            Console.WriteLine(Demo);
        }

        Console.WriteLine("Dừng bằng Ctrl-C. / Stop with Ctrl-C.");
        Console.WriteLine();
    }
}
