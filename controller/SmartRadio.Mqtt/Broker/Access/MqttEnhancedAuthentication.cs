namespace SmartRadio.Mqtt.Broker;

/// <summary>One client's exchange of data, step by step. Not called again once it accepted or refused.</summary>
/// <param name="data">What the client sent; null when it sent none.</param>
/// <param name="cancellationToken">The client's time is up.</param>
/// <returns><see cref="MqttAuthentication.Continue"/> with a challenge, or the end: accepted or refused.</returns>
public delegate ValueTask<MqttAuthentication> MqttAuthenticationExchange(ReadOnlyMemory<byte>? data, CancellationToken cancellationToken);

/// <summary>
/// Decides who may connect by a method that takes several steps, such as challenge and response (MQTT 5, 4.12). A client that
/// names no method is the <see cref="IMqttAuthenticator"/>'s. Called from many threads.
/// </summary>
public interface IMqttEnhancedAuthenticator
{
    /// <summary>Begins an exchange, at CONNECT or when a client authenticates itself again.</summary>
    /// <param name="method">The name the client gave.</param>
    /// <param name="request">What it said when it connected.</param>
    /// <returns>Null when the method is unknown.</returns>
    MqttAuthenticationExchange? Begin(string method, MqttConnectRequest request);
}
