using System.Collections.Concurrent;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Mqtt.Tests.Setting;

/// <summary>
/// Lets everybody in but the account <c>stranger</c>, to every topic but those below <c>forbidden/</c>; retains topics that end
/// in <c>/here</c>.
/// </summary>
internal sealed class TestAccess : IBrokerAccess
{
    public const string Stranger = "stranger";
    public const string Forbidden = "forbidden/";

    /// <summary>
    /// What a client may ask for, by its id. Few tests care for keep-alives, so by default clients choose theirs.
    /// </summary>
    public Func<string, SessionLimits> LimitsOf { get; set; } = static _ => new SessionLimits(MaxKeepAlive: 0);

    /// <summary>Waited for at each sign-in.</summary>
    public Func<BrokerCredentials, Task> SigningIn { get; set; } = static _ => Task.CompletedTask;

    public ConcurrentQueue<RejectedAttempt> Rejections { get; } = [];

    public async ValueTask<BrokerIdentity?> SignInAsync(BrokerCredentials credentials, CancellationToken cancellationToken)
    {
        await SigningIn(credentials);
        return credentials.UserName == Stranger ? null : new BrokerIdentity(credentials.ClientId, LimitsOf(credentials.ClientId));
    }

    public bool MayPublish(BrokerIdentity identity, string topic) => !topic.StartsWith(Forbidden, StringComparison.Ordinal);

    public bool MaySubscribe(BrokerIdentity identity, string filter) => !filter.StartsWith(Forbidden, StringComparison.Ordinal);

    public bool IsRetained(string topic) => topic.EndsWith("/here", StringComparison.Ordinal);

    public void Rejected(RejectedAttempt attempt) => Rejections.Enqueue(attempt);
}
