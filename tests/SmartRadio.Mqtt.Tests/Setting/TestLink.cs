using SmartRadio.Mqtt.Client;
using SmartRadio.Testing.Clock;

namespace SmartRadio.Mqtt.Tests.Setting;

/// <summary>A link that comes back quickly, with its log.</summary>
internal sealed class TestLink : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly IAsyncEnumerator<LinkMessage> _messages;

    public TestLink(int port, Func<MqttLinkOptions, MqttLinkOptions>? with = null, TimeProvider? time = null)
    {
        var options = new MqttLinkOptions
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = "link",
            FirstReconnectDelay = TimeSpan.FromMilliseconds(20),
            MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
        };
        Link = new MqttLink(with?.Invoke(options) ?? options, time ?? TimeProvider.System, Log);
        _messages = Link.ReadAllAsync(_over.Token).GetAsyncEnumerator();
        Link.Start();
    }

    public MqttLink Link { get; }

    public LogLines<MqttLink> Log { get; } = new();

    public Task IsUpAsync() => Poll.UntilAsync("the link is up", () => Link.IsConnected);

    public Task IsDownAsync() => Poll.UntilAsync("the link is down", () => !Link.IsConnected);

    public Task SubscribeAsync(string filter) => Link.SubscribeAsync(filter, CancellationToken.None).WaitAsync(Poll.Patience);

    public async Task<LinkMessage> NextAsync()
    {
        Assert.True(await _messages.MoveNextAsync().AsTask().WaitAsync(Poll.Patience));
        return _messages.Current;
    }

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        _over.Dispose();
    }
}
