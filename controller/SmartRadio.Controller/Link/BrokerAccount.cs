using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SmartRadio.Controller.Link;

/// <summary>
/// The controller's own account at the broker: from the settings, or, for the embedded broker, random at every start.
/// </summary>
public sealed class BrokerAccount(IOptions<MqttOptions> options)
{
    public string UserName { get; } = options.Value.UserName;

    public ReadOnlyMemory<byte> Password { get; } = options.Value.Password is { } password
        ? Encoding.UTF8.GetBytes(password)
        : Encoding.UTF8.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    public bool Matches(string? userName, ReadOnlySpan<byte> password) =>
        userName == UserName && CryptographicOperations.FixedTimeEquals(password, Password.Span);
}
