using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace SmartRadio.Benchmarks.Demo;

/// <summary>The little of the REST API that the demo needs.</summary>
internal sealed class DemoApi : IDisposable
{
    /// <summary>The program goes by Viet Nam's clock wherever it runs.</summary>
    private static readonly TimeSpan LocalOffset = TimeSpan.FromHours(7);

    private readonly HttpClient _client;
    private (long Bulletin, long[] Areas)? _demo;

    public DemoApi(Uri address, string key)
    {
        _client = new HttpClient { BaseAddress = address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<int> OnlineAsync() => (await GetAllAsync<Node>("nodes")).Count(node => node.Online);

    /// <summary>Schedules the demo's bulletin once, for everybody.</summary>
    /// <param name="start">In whole seconds.</param>
    public async Task ScheduleAsync(DateTimeOffset start)
    {
        var bulletin = (await GetAsync<List<Identified>>("bulletins"))[0];
        var areas = (await GetAsync<List<Area>>("areas")).Where(area => area.ParentId is null);
        var local = start.ToOffset(LocalOffset).DateTime;
        using var answer = await _client.PostAsJsonAsync("schedules", new
        {
            bulletinId = bulletin.Id,
            @class = "normal",
            recurrence = "once",
            from = DateOnly.FromDateTime(local),
            times = new[] { TimeOnly.FromDateTime(local) },
            until = DateOnly.FromDateTime(local),
            areas = areas.Select(area => area.Id),
        });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Airs the demo's bulletin now, for everybody.</summary>
    /// <returns>The broadcast's id.</returns>
    public async Task<long> AirAsync(string @class)
    {
        _demo ??= ((await GetAsync<List<Identified>>("bulletins"))[0].Id,
            [.. (await GetAsync<List<Area>>("areas")).Where(area => area.ParentId is null).Select(area => area.Id)]);
        var (bulletinId, areas) = _demo.Value;
        using var answer = await _client.PostAsJsonAsync("broadcasts", new { bulletinId, @class, areas });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Identified>())!.Id;
    }

    /// <returns>The status of the answer.</returns>
    public async Task<int> StopAllAsync()
    {
        using var answer = await _client.PostAsJsonAsync("stop-all", new { });
        return (int)answer.StatusCode;
    }

    /// <summary>The newest.</summary>
    public async Task<Broadcast?> BroadcastAsync() =>
        (await GetAsync<List<Broadcast>>("broadcasts")).MaxBy(broadcast => broadcast.Id);

    public async Task<IReadOnlyList<Receipt>> ReceiptsAsync(long broadcast) =>
        await GetAllAsync<Receipt>($"broadcasts/{broadcast}/receipts");

    public void Dispose() => _client.Dispose();

    /// <summary>A list, part by part.</summary>
    private async Task<List<T>> GetAllAsync<T>(string path)
    {
        var all = new List<T>();
        for (string? next = path + "?limit=1000"; next is not null;)
        {
            using var answer = await _client.GetAsync(next);
            all.AddRange((await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<List<T>>())!);
            next = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return all;
    }

    private async Task<T> GetAsync<T>(string path) => (await _client.GetFromJsonAsync<T>(path))!;

    private sealed record Node(bool Online);

    private sealed record Identified(long Id);

    private sealed record Area(long Id, long? ParentId);
}

/// <param name="Should">Nodes that should play it.</param>
/// <param name="Played">Nodes that played it to the end.</param>
/// <param name="Failed">Nodes that did not and will not.</param>
/// <param name="State">"planned" until it is over or stopped.</param>
internal sealed record Broadcast(
    long Id, string State, DateTimeOffset Start, double LengthSeconds, int Should, int Played, int Failed);

/// <param name="StartedAt">First sample at the output, by the node's clock.</param>
/// <param name="Samples">Handed to the output.</param>
internal sealed record Receipt(DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long Samples);
