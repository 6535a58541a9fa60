using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Hosting.Kills;

/// <summary>Somebody who does, one after the other, all that the API can do, in an area of his own.</summary>
/// <param name="ledger">Takes what was acknowledged.</param>
/// <param name="name">Begins all names that he gives.</param>
/// <param name="sound">A WAV file to upload.</param>
/// <param name="seed">Of what he chooses.</param>
internal sealed partial class Official(Ledger ledger, string name, byte[] sound, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _nodes = [];
    private readonly List<(string Id, string UserName, bool IsDisabled, int Roles)> _people = [];
    private readonly List<(string Id, string Title, bool IsApproved)> _bulletins = [];
    private readonly List<string> _schedules = [];
    private readonly List<string> _broadcasts = [];
    private readonly Dictionary<string, string> _nodeNames = new(StringComparer.Ordinal);
    private int _names;
    private string? _area;

    /// <summary>The node that stays in service: audiences need one.</summary>
    private string? _firstNode;

    /// <summary>Was begun when the line broke: it is to be sent again.</summary>
    public Act? Open { get; private set; }

    /// <summary>Acts until the line breaks.</summary>
    public async Task WorkAsync(HttpClient client)
    {
        try
        {
            while (true)
            {
                Open ??= Next();
                await Open.SendAsync(client);
                Open = null;
            }
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            // The program was killed.
        }
    }

    /// <summary>Sends again what was open, under the same key.</summary>
    public async Task FinishAsync(HttpClient client)
    {
        if (Open is { } open)
        {
            await open.SendAsync(client);
            Open = null;
        }
    }

    private Act Next()
    {
        if (_area is null)
        {
            return AddArea();
        }

        if (_firstNode is null)
        {
            return Enrol();
        }

        Func<Act?>[] kinds =
        [
            AddArea, SetRules, Upload, Speak, Approve, AddSchedule, CancelSchedule, Air, StopBroadcast, StopArea, Enrol,
            SetVolume, SetData, MakeCode, Revoke, Invite, GiveRole, Disable, Enable, Reset, AddRelease,
        ];
        while (true)
        {
            if (kinds[_random.Next(kinds.Length)]() is { } act)
            {
                return act;
            }
        }
    }

    private string Name() => $"{name}{Text(++_names)}";

    private int Index<T>(List<T> all, Predicate<T> good)
    {
        var fit = Enumerable.Range(0, all.Count).Where(at => good(all[at])).ToList();
        return fit.Count == 0 ? -1 : fit[_random.Next(fit.Count)];
    }

    private string? Taken(List<string> all)
    {
        if (all.Count == 0)
        {
            return null;
        }

        var at = _random.Next(all.Count);
        var taken = all[at];
        all.RemoveAt(at);
        return taken;
    }

    private static string Id(JsonNode? answer) => answer!["id"]!.ToString();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(int ahead) => DateOnly.FromDateTime(VietnamTime.Of(DateTimeOffset.UtcNow)).AddDays(ahead)
        .ToString("O", CultureInfo.InvariantCulture);
}
