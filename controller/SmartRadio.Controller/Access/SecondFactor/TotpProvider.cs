using Microsoft.AspNetCore.Identity;
using OtpNet;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>
/// Checks the six digits of an authenticator app (RFC 6238: SHA-1, 30 s) by the controller's clock. The step before and the step
/// after are taken too, and none twice (RFC 6238, 5.2).
/// </summary>
public sealed class TotpProvider(TimeProvider time) : IUserTwoFactorTokenProvider<Person>
{
    /// <summary>Bytes of a key, as many as SHA-1 gives (RFC 4226, 4).</summary>
    private const int KeyBytes = 20;

    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    private readonly Dictionary<string, long> _lastSteps = new(StringComparer.Ordinal);

    /// <summary>A new key in base32.</summary>
    public static string NewKey() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(KeyBytes));

    /// <summary>Whether the digits are those of the key now, and were not used by this person before.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="key">20 bytes in base32; anything else never fits.</param>
    /// <param name="code">Digits as typed; spaces do not count.</param>
    public bool Accept(string personId, string? key, string code)
    {
        if (!TryRead(key, out var bytes) || !new Totp(bytes).VerifyTotp(
            time.GetUtcNow().UtcDateTime, code.Replace(" ", string.Empty, StringComparison.Ordinal), out var step, Window))
        {
            return false;
        }

        lock (_lastSteps)
        {
            if (_lastSteps.TryGetValue(personId, out var last) && step <= last)
            {
                return false;
            }

            _lastSteps[personId] = step;
            return true;
        }
    }

    public Task<string> GenerateAsync(string purpose, UserManager<Person> manager, Person user) => Task.FromResult(string.Empty);

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Person> manager, Person user) =>
        Accept(user.Id, await manager.GetAuthenticatorKeyAsync(user), token);

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Person> manager, Person user) =>
        Task.FromResult(user.TwoFactorEnabled);

    private static bool TryRead(string? key, out byte[] bytes)
    {
        try
        {
            bytes = key is null ? [] : Base32Encoding.ToBytes(key);
            return bytes.Length == KeyBytes;
        }
        catch (ArgumentException)
        {
            bytes = [];
            return false;
        }
    }
}
