using System.Text.Json.Nodes;

namespace SmartRadio.EndToEnd.Hosting.Kills;

/// <summary>All that he does; null while there is nothing to do it to.</summary>
internal sealed partial class Official
{
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
            times = new[] { "12:00" },
            areas = new[] { Number(_area!) },
            allowsDouble = true,
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
        "stop of the area", HttpMethod.Post, "stop-all", Act.Json(new { areaId = Number(_area!) }),
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
                // The answer that was not kept names the account and not the id: nothing more is done to this person.
                if (answer!["personId"]!.ToString() is var id && id != userName)
                {
                    _people.Add((id, userName, false, 1));
                }

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
            // To be disabled ends the link too.
            ledger.Add(verb, "people", _people[at].UserName, ("disabled", from ? "false" : "true"), ("invitedUntil?", "null"));
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
            { new ByteArrayContent([.. "NFMRK2\0\0"u8, .. sound]), "file", "app.pe" },
        }, answer => ledger.Add("release", "releases", version, ("id", Id(answer))));
    }
}
