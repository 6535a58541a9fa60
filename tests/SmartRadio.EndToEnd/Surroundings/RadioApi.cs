using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace SmartRadio.EndToEnd.Surroundings;

/// <summary>The REST API as a program with a key sees it.</summary>
internal sealed class RadioApi : IDisposable
{
    private readonly HttpClient _client;

    public RadioApi(string address, string key)
    {
        _client = new HttpClient { BaseAddress = new Uri($"{address}/api/v1/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<IReadOnlyList<NodeAnswer>> NodesAsync() => GetAsync<IReadOnlyList<NodeAnswer>>("nodes");

    public Task<IReadOnlyList<AreaAnswer>> AreasAsync() => GetAsync<IReadOnlyList<AreaAnswer>>("areas");

    public Task<IReadOnlyList<PersonAnswer>> PeopleAsync() => GetAsync<IReadOnlyList<PersonAnswer>>("people");

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<BulletinAnswer>> BulletinsAsync() => GetAsync<IReadOnlyList<BulletinAnswer>>("bulletins");

    public Task<BulletinAnswer> BulletinAsync(long id) => GetAsync<BulletinAnswer>($"bulletins/{id}");

    public Task<IReadOnlyList<BroadcastAnswer>> BroadcastsAsync() => GetAsync<IReadOnlyList<BroadcastAnswer>>("broadcasts");

    public Task<BroadcastAnswer> BroadcastAsync(long id) => GetAsync<BroadcastAnswer>($"broadcasts/{id}");

    public Task<ClockAnswer> ClockAsync() => GetAsync<ClockAnswer>("clock");

    public Task<byte[]> SoundAsync(long bulletin) => _client.GetByteArrayAsync($"bulletins/{bulletin}/sound");

    /// <summary>Uploads a file.</summary>
    public async Task<BulletinAnswer> UploadedAsync(string path, long? previous = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Path.GetFileName(path)), "title" } };
        if (previous is { } id)
        {
            form.Add(new StringContent(id.ToString(CultureInfo.InvariantCulture)), "previousId");
        }

        form.Add(new StreamContent(File.OpenRead(path)), "file", Path.GetFileName(path));
        using var answer = await _client.PostAsync("bulletins", form);
        return await ReadAsync<BulletinAnswer>(answer);
    }

    /// <summary>Has a text spoken; it waits for its approval.</summary>
    public Task<BulletinAnswer> WrittenAsync(string title, string text, long? area = null) =>
        PostAsync<BulletinAnswer>("bulletins", new { title, text, voice = "north", areaId = area });

    /// <summary>Has a text spoken and approves it.</summary>
    public async Task<BulletinAnswer> SpokenAsync(string title, string text)
    {
        var bulletin = await WrittenAsync(title, text);
        using var approval = await _client.PostAsync($"bulletins/{bulletin.Id}/approve", null);
        await CheckAsync(approval);
        return bulletin;
    }

    /// <summary>Uploads a file and approves it.</summary>
    public async Task<BulletinAnswer> ApprovedAsync(string path, long? previous = null)
    {
        var bulletin = await UploadedAsync(path, previous);
        using var approval = await _client.PostAsync($"bulletins/{bulletin.Id}/approve", null);
        await CheckAsync(approval);
        return bulletin;
    }

    public Task<BroadcastAnswer> AirAsync(
        long bulletin, string broadcastClass, IEnumerable<NodeAnswer> nodes, DateTimeOffset? start = null) =>
        PostAsync<BroadcastAnswer>("broadcasts", Air(bulletin, broadcastClass, nodes, start));

    /// <summary>Why airing is refused.</summary>
    public async Task<ProblemAnswer> RefusalToAirAsync(long bulletin, string broadcastClass, IEnumerable<NodeAnswer> nodes)
    {
        using var answer = await _client.PostAsJsonAsync("broadcasts", Air(bulletin, broadcastClass, nodes, null));
        Assert.False(answer.IsSuccessStatusCode);
        return (await answer.Content.ReadFromJsonAsync<ProblemAnswer>())!;
    }

    /// <summary>Schedules it once.</summary>
    public Task ScheduleAsync(long bulletin, IEnumerable<NodeAnswer> nodes, DateTimeOffset start, int toleranceSeconds)
    {
        var local = VietnamTime.Of(start);
        return PostAsync<object>("schedules", new
        {
            bulletinId = bulletin,
            @class = "normal",
            recurrence = "once",
            from = DateOnly.FromDateTime(local),
            times = new[] { TimeOnly.FromDateTime(local) },
            until = DateOnly.FromDateTime(local),
            nodes = nodes.Select(node => node.Id),
            toleranceSeconds,
        });
    }

    public Task<ScheduleAnswer> ScheduleAsync(long id) => GetAsync<ScheduleAnswer>($"schedules/{id}");

    /// <summary>Notes what a resident says of a node, heard now.</summary>
    public Task ComplainAsync(string nodeId, string kind, string words) =>
        PostAsync<object>("complaints", new { nodeId, heardAt = DateTimeOffset.UtcNow, kind, words });

    public Task StopAllAsync() => PostAsync<object>("stop-all", new { });

    /// <summary>Enrols a node that waits for its device.</summary>
    public async Task<string> AddNodeAsync(string name, long areaId) =>
        (await PostAsync<EnrolmentAnswer>("nodes", new { name, areaId })).Id;

    /// <summary>Enrols a node and trades its code as the device would.</summary>
    public async Task<EnrolledAnswer> EnrolAsync(string name, long areaId)
    {
        var made = await PostAsync<CodeAnswer>("nodes", new { name, areaId });
        return await PostAsync<EnrolledAnswer>("enrolments", new { made.Code });
    }

    /// <summary>Brings a version of the device program.</summary>
    public async Task<long> BringReleaseAsync(string version, byte[] program)
    {
        using var form = new MultipartFormDataContent { { new StringContent(version), "version" },
            { new ByteArrayContent(program), "file", "app.pe" } };
        using var answer = await _client.PostAsync("releases", form);
        return (await ReadAsync<ReleaseAnswer>(answer)).Id;
    }

    public Task<RolloutAnswer> RollOutAsync(long release, string firstNode) =>
        PostAsync<RolloutAnswer>($"releases/{release}/rollouts", new { firstNodes = new[] { firstNode } });

    public Task<RolloutAnswer> RolloutAsync(long id) => GetAsync<RolloutAnswer>($"rollouts/{id}");

    public Task<ComplaintAddressAnswer> ComplaintAddressAsync(string nodeId) =>
        GetAsync<ComplaintAddressAnswer>($"nodes/{nodeId}/complaint-address");

    public Task<ComplaintAddressAnswer> MakeComplaintAddressAsync(string nodeId) =>
        PostAsync<ComplaintAddressAnswer>($"nodes/{nodeId}/complaint-address", new { });

    public Task OpenComplaintFormAsync(long areaId) => PutAsync($"areas/{areaId}/complaint-form", new { open = true });

    public Task SetVolumeAsync(string nodeId, int percent) => PutAsync($"nodes/{nodeId}/volume", new { percent });

    public async Task<long> AddAreaAsync(string code, string name, string level, long? parentId = null) =>
        (await PostAsync<AreaAnswer>("areas", new { code, name, level, parentId })).Id;

    /// <summary>Why a request is refused.</summary>
    public async Task<(HttpStatusCode Status, ProblemAnswer Problem)> RefusalAsync(string method, string path, object? body)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), new Uri(path, UriKind.Relative))
        { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode,
            answer.IsSuccessStatusCode ? new("", "") : (await answer.Content.ReadFromJsonAsync<ProblemAnswer>())!);
    }

    public Task SetQuietHoursAsync(long areaId, TimeOnly from, TimeOnly to) =>
        PutAsync($"areas/{areaId}/rules", new { quietHours = new { from, to } });

    public void Dispose() => _client.Dispose();

    private static object Air(long bulletin, string broadcastClass, IEnumerable<NodeAnswer> nodes, DateTimeOffset? start) =>
        new { bulletinId = bulletin, @class = broadcastClass, nodes = nodes.Select(node => node.Id), start };

    private async Task<T> GetAsync<T>(string path)
    {
        using var answer = await _client.GetAsync(path);
        return await ReadAsync<T>(answer);
    }

    private async Task<T> PostAsync<T>(string path, object body)
    {
        using var answer = await _client.PostAsJsonAsync(path, body);
        return await ReadAsync<T>(answer);
    }

    private async Task PutAsync(string path, object body)
    {
        using var answer = await _client.PutAsJsonAsync(path, body);
        await CheckAsync(answer);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        await CheckAsync(answer);
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }

    private static async Task CheckAsync(HttpResponseMessage answer) =>
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
}
