using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Client;

namespace SmartRadio.Mqtt.Tests.Surroundings;

/// <summary>
/// A method of two steps over one shared key: the client says its name, the broker sends a nonce, the client answers with its
/// HMAC-SHA256, and the broker's last word is the HMAC of that answer.
/// </summary>
internal sealed class ChallengeResponse(string name, byte[] key) : IMqttEnhancedAuthenticator, IMqttClientAuthentication
{
    public const string MethodName = "HMAC-SHA256";

    public string Method => MethodName;

    /// <summary>What the client's answer to a challenge must be.</summary>
    public byte[] Answer(ReadOnlyMemory<byte> challenge) => HMACSHA256.HashData(key, challenge.Span);

    public MqttAuthenticationExchange? Begin(string method, MqttConnectRequest request)
    {
        byte[]? challenge = null;
        return method == MethodName ? Step : null;

        ValueTask<MqttAuthentication> Step(ReadOnlyMemory<byte>? data, CancellationToken cancellationToken)
        {
            if (challenge is null)
            {
                challenge = RandomNumberGenerator.GetBytes(16);
                return ValueTask.FromResult(data is { } said && Encoding.UTF8.GetString(said.Span) == name
                    ? MqttAuthentication.Continue(challenge)
                    : MqttAuthentication.Refuse(MqttReasonCode.BadUserNameOrPassword));
            }

            var expected = Answer(challenge);
            return ValueTask.FromResult(data is { } answer && CryptographicOperations.FixedTimeEquals(answer.Span, expected)
                ? MqttAuthentication.Accept(name, Answer(expected))
                : MqttAuthentication.Refuse(MqttReasonCode.NotAuthorized, "The answer is wrong."));
        }
    }

    public MqttClientExchange Begin()
    {
        byte[]? answer = null;
        return Step;

        ValueTask<ReadOnlyMemory<byte>?> Step(ReadOnlyMemory<byte>? challenge, CancellationToken cancellationToken)
        {
            if (challenge is not { } said)
            {
                return ValueTask.FromResult<ReadOnlyMemory<byte>?>(Encoding.UTF8.GetBytes(name));
            }

            if (answer is not null)
            {
                return said.Span.SequenceEqual(Answer(answer))
                    ? ValueTask.FromResult<ReadOnlyMemory<byte>?>(null)
                    : throw new AuthenticationException("The broker does not know the key.");
            }

            answer = Answer(said);
            return ValueTask.FromResult<ReadOnlyMemory<byte>?>(answer);
        }
    }
}
