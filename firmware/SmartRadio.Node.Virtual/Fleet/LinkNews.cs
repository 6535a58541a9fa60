using MQTTnet;

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
    Rejected,

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

    /// <summary>Why it is rejected.</summary>
    private MqttClientConnectResultCode? _rejection;

    /// <summary>The link is up.</summary>
    public void Connected() => Is(LinkState.Connected, $"connected to the broker {setting.Broker}.");

    /// <summary>A link ended, or an attempt failed.</summary>
    public void Ended(LinkEnd end)
    {
        if (_state == LinkState.Connected)
        {
            var hint = end.Said == MqttClientDisconnectReason.SessionTakenOver
                ? " Somebody else connected as this node: does it run twice?"
                : "";
            Is(LinkState.Lost, $"the link to the broker {setting.Broker} ended ({end.Reason}).{hint} It connects again.");
        }
        else if (end.Rejection is { } rejection)
        {
            Is(LinkState.Rejected, $"the broker {setting.Broker} rejects it ({end.Reason}). {AdviceOn(rejection)}", rejection);
        }
        else if (end.IsUntrusted)
        {
            Is(LinkState.Untrusted,
                $"the broker {setting.Broker} shows a certificate that this machine does not trust ({end.Reason}). Trust its issuer here, or look whether another machine is in its place. It goes on trying.");
        }
        else
        {
            Is(LinkState.Unreachable,
                $"the broker {setting.Broker} cannot be reached ({end.Reason}). Does the controller run, and are host and port right (--broker HOST:PORT)? It goes on trying.");
        }
    }

    /// <summary>The link was ended from here.</summary>
    /// <param name="isCut">By a fault or a weak signal, not because the node ends.</param>
    public void Away(bool isCut) => Is(LinkState.Away, isCut ? "off the network." : null);

    private static string AdviceOn(MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized
            or MqttClientConnectResultCode.Banned =>
            "The controller does not know the node, knows another secret of it, or has revoked it: look at the node's page there, and enrol it anew into another folder (smartradio-node enrol). It goes on trying.",
        _ => "It goes on trying.",
    };

    private void Is(LinkState state, string? sentence, MqttClientConnectResultCode? rejection = null)
    {
        if (state != _state || rejection != _rejection)
        {
            setting.Links.Change(this, state, sentence is null ? null : $"{node}: {sentence}");
            (_state, _rejection) = (state, rejection);
        }
    }
}
