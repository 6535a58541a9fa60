using System.Net.Sockets;
using System.Security.Authentication;
using SmartRadio.Mqtt;
using SmartRadio.Mqtt.Client;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>How a node stands with the broker.</summary>
internal enum LinkState
{
    /// <summary>Nothing is known: it has no power, its cable is cut, or it has not tried yet.</summary>
    Away,

    /// <summary>The link is up.</summary>
    Connected,

    /// <summary>It was up and ended; what a new attempt will bring is not known yet.</summary>
    Lost,

    /// <summary>The broker does not let the node in.</summary>
    Refused,

    /// <summary>Who answers shows a certificate that the node does not trust.</summary>
    Untrusted,

    /// <summary>Nothing that speaks MQTT answers.</summary>
    Unreachable,
}

/// <summary>Puts into a sentence what became of a node's link, once for each change and not for each attempt.</summary>
/// <param name="node">What people call the node.</param>
/// <param name="setting">Where it connects, and who is told.</param>
internal sealed class LinkNews(string node, FleetSetting setting)
{
    private LinkState _state;

    /// <summary>Why it is refused.</summary>
    private MqttReasonCode? _refusal;

    /// <summary>Why a link ended or did not come about.</summary>
    /// <returns>Null when this side ended it.</returns>
    public static string? ReasonOf(MqttDisconnected end) => end switch
    {
        { Exception: MqttRefusedException refused } => refused.ReasonCode.ToString(),
        // Its own words hold the address once more.
        { Exception: SocketException error } => new SocketException(error.ErrorCode).Message,
        { Exception: { } error } => error.Message.TrimEnd('.'),
        _ => end.Reason ?? end.ReasonCode?.ToString(),
    };

    /// <summary>The link is up.</summary>
    public void Connected() => Is(LinkState.Connected, $"connected to the broker {setting.Broker}.");

    /// <summary>A link ended, or an attempt failed.</summary>
    public void Ended(MqttDisconnected end)
    {
        var reason = ReasonOf(end);
        if (reason is null)
        {
            return;
        }

        if (_state == LinkState.Connected)
        {
            var hint = end.ReasonCode == MqttReasonCode.SessionTakenOver ? " Somebody else connected as this node: does it run twice?" : "";
            Is(LinkState.Lost, $"the link to the broker {setting.Broker} ended ({reason}).{hint} It connects again.");
        }
        else if (end.Exception is MqttRefusedException refused)
        {
            Is(LinkState.Refused, $"the broker {setting.Broker} refuses it ({reason}). {AdviceOn(refused.ReasonCode)}", refused.ReasonCode);
        }
        else if (end.Exception is AuthenticationException)
        {
            Is(LinkState.Untrusted, $"the broker {setting.Broker} shows a certificate that this machine does not trust ({reason}). Trust its issuer here, or look whether another machine is in its place. It goes on trying.");
        }
        else
        {
            Is(LinkState.Unreachable, $"the broker {setting.Broker} cannot be reached ({reason}). Does the controller run, and are host and port right (--broker HOST:PORT)? It goes on trying.");
        }
    }

    /// <summary>The link was ended from here.</summary>
    /// <param name="isCut">By a fault or a weak signal, not because the node ends.</param>
    public void Away(bool isCut) => Is(LinkState.Away, isCut ? "off the network." : null);

    private static string AdviceOn(MqttReasonCode code) => code switch
    {
        MqttReasonCode.BadUserNameOrPassword or MqttReasonCode.NotAuthorized or MqttReasonCode.Banned =>
            "The controller does not know the node, knows another secret of it, or has revoked it: look at the node's page there, and enrol it anew into another folder (smartradio-node enrol). It goes on trying.",
        _ => "It goes on trying.",
    };

    private void Is(LinkState state, string? sentence, MqttReasonCode? refusal = null)
    {
        if (state != _state || refusal != _refusal)
        {
            setting.Links.Change(this, state, sentence is null ? null : $"{node}: {sentence}");
            (_state, _refusal) = (state, refusal);
        }
    }
}
