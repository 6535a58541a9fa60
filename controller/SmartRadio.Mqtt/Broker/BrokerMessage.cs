using System.Buffers;

namespace SmartRadio.Mqtt.Broker;

/// <summary>What is delivered of a message: none of its publisher's properties, whose memory nobody counts.</summary>
/// <param name="Topic">Without wildcards.</param>
/// <param name="Payload">An array of its own.</param>
/// <param name="IsAtQos0">Its publisher asked for no acknowledgement, as sound does.</param>
/// <param name="IsRetained">It is to be kept; delivered: it was sent before the client subscribed.</param>
internal sealed record BrokerMessage(
    string Topic, ReadOnlySequence<byte> Payload, bool IsAtQos0 = false, bool IsRetained = false);
