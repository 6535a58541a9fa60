namespace SmartRadio.Mqtt.Client;

/// <summary>One exchange of data with the broker, step by step.</summary>
/// <param name="challenge">What the broker sent; null for the first step, which goes with CONNECT.</param>
/// <param name="cancellationToken">The connection's time is up.</param>
/// <returns>The answer; null is none. The answer to the broker's last word is not sent.</returns>
/// <exception cref="System.Security.Authentication.AuthenticationException">The broker is not the one it claims to be: the connection is broken off.</exception>
public delegate ValueTask<ReadOnlyMemory<byte>?> MqttClientExchange(ReadOnlyMemory<byte>? challenge, CancellationToken cancellationToken);

/// <summary>How a client authenticates itself by a method that takes several steps (MQTT 5, 4.12).</summary>
public interface IMqttClientAuthentication
{
    /// <summary>The name broker and client agree on.</summary>
    string Method { get; }

    /// <summary>Begins an exchange: at each connection, and when the client authenticates itself again.</summary>
    MqttClientExchange Begin();
}
