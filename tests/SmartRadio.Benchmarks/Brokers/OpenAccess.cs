using SmartRadio.Controller.Link;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Benchmarks.Brokers;

/// <summary>
/// Lets everybody in, to everything. Limits are those of the product: a node's, or the controller's by its name.
/// </summary>
internal sealed class OpenAccess : IBrokerAccess
{
    /// <summary>Who signs in by this name is given the controller's limits.</summary>
    public const string Controller = "controller";

    private static readonly BrokerIdentity OfNode = new("node", BrokerPermissions.OfNodes);
    private static readonly BrokerIdentity OfController = new(Controller, BrokerPermissions.OfController);

    public ValueTask<BrokerIdentity?> SignInAsync(BrokerCredentials credentials, CancellationToken cancellationToken) =>
        ValueTask.FromResult<BrokerIdentity?>(credentials.UserName == Controller ? OfController : OfNode);

    public bool MayPublish(BrokerIdentity identity, string topic) => true;

    public bool MaySubscribe(BrokerIdentity identity, string filter) => true;

    public bool IsRetained(string topic) => false;

    public void Rejected(RejectedAttempt attempt)
    {
        // Nobody is, but for a keep-alive that is out of bounds; the load would see its connection closed.
    }
}
