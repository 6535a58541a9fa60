using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>Why a connection ended or did not come about.</summary>
/// <param name="Rejection">The broker's answer to the node's account, when that was it.</param>
/// <param name="Said">What the broker said when it ended the connection.</param>
/// <param name="Problem">What failed.</param>
internal sealed record LinkEnd(
    MqttClientConnectResultCode? Rejection = null, MqttClientDisconnectReason? Said = null, Exception? Problem = null)
{
    /// <summary>Who answers shows a certificate that is not trusted.</summary>
    public bool IsUntrusted => Causes().Any(cause => cause is AuthenticationException);

    public string Reason => Rejection?.ToString() ?? Causes().LastOrDefault() switch
    {
        // Its own words hold the address once more.
        SocketException error => new SocketException(error.ErrorCode).Message,
        { } error => error.Message.TrimEnd('.'),
        null => Said?.ToString() ?? "no reason was given",
    };

    public static LinkEnd Of(MqttClientDisconnectedEventArgs ended) =>
        new(Said: ended.Reason == MqttClientDisconnectReason.NormalDisconnection ? null : ended.Reason, Problem: ended.Exception);

    private IEnumerable<Exception> Causes()
    {
        for (var cause = Problem; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
