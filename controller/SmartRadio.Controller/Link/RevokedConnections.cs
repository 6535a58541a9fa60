using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Controller.Link;

/// <summary>Closes the connection of a node that is revoked.</summary>
/// <param name="embedded">Where it is closed. With another broker there is none: the node stays connected there, unheard.</param>
internal sealed class RevokedConnections(EmbeddedBroker? embedded = null) : IReactTo<NodeKeysChanged>
{
    public Task ReactAsync(NodeKeysChanged happened, CancellationToken cancellationToken)
    {
        if (happened.Change == KeyChange.Revoked)
        {
            embedded?.Disconnect(happened.NodeId);
        }

        return Task.CompletedTask;
    }
}
