using System.Globalization;
using System.Text.Json.Nodes;
using SmartRadio.EndToEnd.Surroundings;

namespace SmartRadio.EndToEnd.Hosting.Kills;

/// <summary>Somebody who does, one after the other, all that the API can do, in an area of his own.</summary>
/// <param name="ledger">Takes what was acknowledged.</param>
/// <param name="name">Begins all names that he gives.</param>
/// <param name="sound">A WAV file to upload.</param>
/// <param name="seed">Of what he chooses.</param>
internal sealed class Official(Ledger ledger, string name, byte[] sound, int seed)
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
        catch (HttpRequestException)
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
            AddArea, SetRules, Upload, Speak, Approve, AddSchedule, CancelSchedule, Air, StopBroadcast, StopArea, Enrol, SetVolume,
            SetData, MakeCode, Revoke, Invite, GiveRole, Disable, Enable, Reset, AddRelease,
        ];
        while (true)
        {
            if (kinds[_random.Next(kinds.Length)]() is { } act)
            {
                return act;
            }
        }
    }

    private Act AddArea()
    {
        var code = Name();
        return new("area", HttpMethod.Post, "areas", Act.Json(new { code, name = code, level = "Xã", parentId = _area }), answer =>
        {
            _area ??= Id(answer);
            ledger.Add("area", "areas", code, ("name", code));
        });
    }

    // Also takes the quiet hours away, or nothing could be aired by night.
    private Act SetRules()
    {
        var minutes = _random.Next(600, 1440);
        return new(
            "rules", HttpMethod.Put, $"areas/{_area}/rules",
            Act.Json(new { quietHours = new { from = "00:00", to = "00:00" }, minutesPerDay = minutes }),
            _ => ledger.Add("rules", "areas", $"{name}1", ("minutesPerDay", Text(minutes))));
    }

    private Act Upload()
    {
        var title = Name();
        return new("upload", HttpMethod.Post, "bulletins", () => new MultipartFormDataContent
        {
            { new StringContent(title), "title" },
            { new StringContent(_area!), "areaId" },
            { new ByteArrayContent(sound), "file", "sound.wav" },
        }, answer => Made("upload", title, answer));
    }

    private Act Speak()
    {
        var title = Name();
        return new(
            "speech", HttpMethod.Post, "bulletins",
            Act.Json(new { title, text = $"Bản tin {title}", voice = "north", areaId = Number(_area!) }),
            answer => Made("speech", title, answer));
    }

    private void Made(string kind, string title, JsonNode? answer)
    {
        _bulletins.Add((Id(answer), title, false));
        ledger.Add(kind, "bulletins", title, ("id", Id(answer)));
    }

    private Act? Approve()
    {
        var at = Index(_bulletins, bulletin => !bulletin.IsApproved);
        return at < 0 ? null : new(
            "approval", HttpMethod.Post, $"bulletins/{_bulletins[at].Id}/approve", Act.Nothing, _ =>
            {
                _bulletins[at] = _bulletins[at] with { IsApproved = true };
                ledger.Add("approval", "bulletins", _bulletins[at].Title, ("approvedAt?", "set"));
            });
    }

    private Act? AddSchedule()
    {
        var at = Index(_bulletins, bulletin => bulletin.IsApproved);
        return at < 0 ? null : new("schedule", HttpMethod.Post, "schedules", Act.Json(new
        {
            bulletinId = Number(_bulletins[at].Id),
            @class = "normal",
            recurrence = "once",
            from = Day(_random.Next(2, 20)),
            at = "12:00",
            areas = new[] { Number(_area!) },
        }), answer =>
        {
            _schedules.Add(Id(answer));
            ledger.Add("schedule", "schedules", Id(answer), ("bulletinId", _bulletins[at].Id), ("cancelledAt?", "null"));
        });
    }

    private Act? CancelSchedule() => Taken(_schedules) is not { } id ? null : new(
        "cancelled schedule", HttpMethod.Delete, $"schedules/{id}", Act.Nothing,
        _ => ledger.Add("cancelled schedule", "schedules", id, ("cancelledAt?", "set")));

    private Act? Air()
    {
        var at = Index(_bulletins, bulletin => bulletin.IsApproved);
        return at < 0 ? null : new("broadcast", HttpMethod.Post, "broadcasts", Act.Json(new
        {
            bulletinId = Number(_bulletins[at].Id),
            @class = "priority",
            nodes = new[] { _firstNode },
            start = $"{Day(_random.Next(1, 5))}T{_random.Next(6, 20):00}:{_random.Next(60):00}:00+07:00",
        }), answer =>
        {
            _broadcasts.Add(Id(answer));
            ledger.Add("broadcast", "broadcasts", Id(answer), ("bulletinId", _bulletins[at].Id), ("state", "planned"));
        });
    }

    private Act? StopBroadcast() => Taken(_broadcasts) is not { } id ? null : new(
        "stopped broadcast", HttpMethod.Post, $"broadcasts/{id}/stop", Act.Nothing,
        _ => ledger.Add("stopped broadcast", "broadcasts", id, ("state", "stopped")));

    private Act StopArea() => new(
        "stop of the area", HttpMethod.Post, $"stop-all?area={_area}", Act.Nothing,
        _ => ledger.Add("stop of the area", "areas", $"{name}1"));

    private Act Enrol()
    {
        var node = Name();
        return new("node", HttpMethod.Post, "nodes", Act.Json(new { name = node, areaId = Number(_area!) }), answer =>
        {
            if (_firstNode is null)
            {
                _firstNode = Id(answer);
            }
            else
            {
                _nodes.Add(Id(answer));
            }

            ledger.Add("node", "nodes", node, ("id", Id(answer)));
            _nodeNames[Id(answer)] = node;
        });
    }

    private Act SetVolume()
    {
        var percent = _random.Next(101);
        return new(
            "volume", HttpMethod.Put, $"nodes/{_firstNode}/volume", Act.Json(new { percent }),
            _ => ledger.Add("volume", "nodes", _nodeNames[_firstNode!], ("volume", Text(percent))));
    }

    private Act SetData()
    {
        var megabytes = _random.Next(10, 1000);
        return new(
            "data use", HttpMethod.Put, $"nodes/{_firstNode}/data", Act.Json(new { lowData = true, megabytesAMonth = megabytes }),
            _ => ledger.Add("data use", "nodes", _nodeNames[_firstNode!], ("dataBudget", Text(megabytes * 1_000_000))));
    }

    private Act MakeCode() => new(
        "code", HttpMethod.Post, $"nodes/{_firstNode}/code", Act.Nothing,
        _ => ledger.Add("code", "nodes", _nodeNames[_firstNode!]));

    private Act? Revoke() => Taken(_nodes) is not { } id ? null : new(
        "revocation", HttpMethod.Post, $"nodes/{id}/revoke", Act.Nothing,
        _ =>
        {
            ledger.Forget("nodes", _nodeNames[id]);
            ledger.Add("revocation", "nodes?state=revoked", id, ("revokedAt?", "set"));
        });

    private Act Invite()
    {
        var userName = Name();
        return new(
            "invitation", HttpMethod.Post, "people",
            Act.Json(new { userName, displayName = $"Người {userName}", role = "monitor", areaId = Number(_area!) }), answer =>
            {
                _people.Add((answer!["personId"]!.ToString(), userName, false, 1));
                ledger.Add("invitation", "people", userName, ("disabled", "false"), ("roles", "1"));
            });
    }

    private Act? GiveRole()
    {
        var at = Index(_people, person => person.Roles == 1);
        return at < 0 ? null : new(
            "role", HttpMethod.Post, $"people/{_people[at].Id}/roles", Act.Json(new { role = "editor", areaId = Number(_area!) }), _ =>
            {
                _people[at] = _people[at] with { Roles = 2 };
                ledger.Add("role", "people", _people[at].UserName, ("roles", "2"));
            });
    }

    private Act? Disable() => Switch(from: false);

    private Act? Enable() => Switch(from: true);

    private Act? Switch(bool from)
    {
        var at = Index(_people, person => person.IsDisabled == from);
        var verb = from ? "enable" : "disable";
        return at < 0 ? null : new(verb, HttpMethod.Post, $"people/{_people[at].Id}/{verb}", Act.Nothing, _ =>
        {
            _people[at] = _people[at] with { IsDisabled = !from };
            ledger.Add(verb, "people", _people[at].UserName, ("disabled", from ? "false" : "true"));
        });
    }

    private Act? Reset()
    {
        var at = Index(_people, person => !person.IsDisabled);
        return at < 0 ? null : new(
            "reset", HttpMethod.Post, $"people/{_people[at].Id}/reset", Act.Nothing,
            _ => ledger.Add("reset", "people", _people[at].UserName, ("invitedUntil?", "set")));
    }

    private Act AddRelease()
    {
        var version = Name();
        return new("release", HttpMethod.Post, "releases", () => new MultipartFormDataContent
        {
            { new StringContent(version), "version" },
            { new ByteArrayContent(sound), "file", "app.pe" },
        }, answer => ledger.Add("release", "releases", version, ("id", Id(answer))));
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
