using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace SmartRadio.Mqtt.Client;

/// <summary>Received messages in order, bounded in bytes: the socket is not read while too many wait. Taking one acknowledges it.</summary>
internal sealed class MessageInbox(int maxBytes) : ChannelReader<MqttMessage>
{
    private const int MessageCost = 128;

    /// <summary>Two strings and their place in the list.</summary>
    private const int UserPropertyCost = 64;

    private readonly Channel<(MqttMessage Message, Action? Taken)> _channel =
        Channel.CreateUnbounded<(MqttMessage, Action?)>(new UnboundedChannelOptions { SingleWriter = true });

    private readonly Lock _gate = new();
    private int _bytes;
    private TaskCompletionSource? _room;

    public override bool CanCount => true;

    public override int Count => _channel.Reader.Count;

    public override Task Completion => _channel.Reader.Completion;

    /// <summary>Adds a message and waits while the bound is exceeded.</summary>
    /// <param name="message">What was received.</param>
    /// <param name="taken">Called when the reader has taken it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask AddAsync(MqttMessage message, Action? taken, CancellationToken cancellationToken)
    {
        Task? room = null;
        lock (_gate)
        {
            _bytes += CostOf(message);
            if (_bytes > maxBytes)
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }
        }

        _channel.Writer.TryWrite((message, taken));
        if (room is not null)
        {
            await room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>No more will come.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    public override bool TryRead([MaybeNullWhen(false)] out MqttMessage item)
    {
        if (!_channel.Reader.TryRead(out var entry))
        {
            item = null;
            return false;
        }

        item = entry.Message;
        lock (_gate)
        {
            _bytes -= CostOf(item);
            if (_bytes <= maxBytes && _room is not null)
            {
                _room.SetResult();
                _room = null;
            }
        }

        entry.Taken?.Invoke();
        return true;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>All that comes from the broker counts, or it could fill the memory with what does not.</summary>
    private static int CostOf(MqttMessage message) =>
        MessageCost
        + message.Payload.Length
        + (message.CorrelationData?.Length ?? 0)
        + (sizeof(uint) * message.SubscriptionIdentifiers.Count)
        + (sizeof(char) * (message.Topic.Length + (message.ContentType?.Length ?? 0) + (message.ResponseTopic?.Length ?? 0)))
        + message.UserProperties.Sum(each => UserPropertyCost + (sizeof(char) * (each.Name.Length + each.Value.Length)));
}
