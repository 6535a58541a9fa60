using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker.Connections;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Broker.Sessions;
using SmartRadio.Mqtt.Broker.Storage;

namespace SmartRadio.Mqtt.Broker;

/// <summary>The parts of one broker, made once and known to each other.</summary>
internal sealed class BrokerCore : IDisposable
{
    public BrokerCore(
        MqttBrokerOptions options,
        IMqttAuthenticator authenticator,
        IMqttEnhancedAuthenticator? enhancedAuthenticator,
        IMqttAuthorizer authorizer,
        IMqttRefusals? refusals,
        TimeProvider time,
        ILogger logger)
    {
        Options = options;
        Authenticator = authenticator;
        EnhancedAuthenticator = enhancedAuthenticator;
        Authorizer = authorizer;
        Time = time;
        Logger = logger;
        Refusals = new RefusalWatch(Statistics, refusals, time, logger);
        Budget = new MemoryBudget(options);
        Retained = new RetainedMessages(this);
        Router = new Router(this);
        Sessions = new SessionRegistry(this);
        Doorkeeper = new Doorkeeper(this);
        Handshake = new Handshake(this);
        Packets = new PacketDispatch(this);
        Publishes = new PublishHandler(this);
        Subscribes = new SubscribeHandler(this);
        ClientBound = () => Budget.PerClient;
    }

    public MqttBrokerOptions Options { get; }

    public IMqttAuthenticator Authenticator { get; }

    /// <summary>Null when no method is offered.</summary>
    public IMqttEnhancedAuthenticator? EnhancedAuthenticator { get; }

    public IMqttAuthorizer Authorizer { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public BrokerStatistics Statistics { get; } = new();

    public RefusalWatch Refusals { get; }

    public MemoryBudget Budget { get; }

    public TopicTree Topics { get; } = new();

    public RetainedMessages Retained { get; }

    public Router Router { get; }

    public SessionRegistry Sessions { get; }

    public ConnectionList Connections { get; } = new();

    public Doorkeeper Doorkeeper { get; }

    public Handshake Handshake { get; }

    public PacketDispatch Packets { get; }

    public PublishHandler Publishes { get; }

    public SubscribeHandler Subscribes { get; }

    /// <summary>Null when nothing is to survive a restart, and until the broker starts.</summary>
    public DurableStore? Store { get; set; }

    /// <summary>One delegate for all connections.</summary>
    public Func<int> ClientBound { get; }

    /// <summary>Unix milliseconds.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Dispose() => Topics.Dispose();
}
