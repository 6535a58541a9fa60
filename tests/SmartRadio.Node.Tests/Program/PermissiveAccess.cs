using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Node.Tests.Program;

/// <summary>Lets everybody in whom a test does not keep out, and lets him do everything.</summary>
/// <param name="mayEnter">Judges by client id; null lets everybody in.</param>
internal sealed class PermissiveAccess(Func<string, bool>? mayEnter = null) : IBrokerAccess
{
    // A node takes no larger packet.
    private const int MostOfANode = 64 * 1024;

    private static readonly SessionLimits Wide = new(
        MaxPending: 10_000, MaxPendingBytes: 64 * 1024 * 1024, MaxPacket: 1024 * 1024, MaxKeepAlive: 0);

    public ValueTask<BrokerIdentity?> SignInAsync(BrokerCredentials credentials, CancellationToken cancellationToken) =>
        new(mayEnter?.Invoke(credentials.ClientId) == false ? null
            : new BrokerIdentity(
                credentials.ClientId, credentials.ClientId == "controller" ? Wide : Wide with { MaxPacket = MostOfANode }));

    public bool MayPublish(BrokerIdentity identity, string topic) => true;

    public bool MaySubscribe(BrokerIdentity identity, string filter) => true;

    public bool IsRetained(string topic) => true;

    public void Rejected(RejectedAttempt attempt)
    {
        // The clients are told.
    }
}
