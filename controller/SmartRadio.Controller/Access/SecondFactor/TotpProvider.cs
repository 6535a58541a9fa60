using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OtpNet;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.SecondFactor;

/// <summary>
/// Checks the six digits of an authenticator app (RFC 6238: SHA-1, 30 s) by the controller's clock. The step before and the step
/// after are taken too, and none twice (RFC 6238, 5.2): the last one is kept with the person.
/// </summary>
public sealed class TotpProvider(
    IDbContextFactory<RadioDb> databases, WriteAheadLog log, TimeProvider time, ILogger<TotpProvider> logger)
    : IUserTwoFactorTokenProvider<Person>
{
    /// <summary>Bytes of a key, as many as SHA-1 gives (RFC 4226, 4).</summary>
    private const int KeyBytes = 20;

    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Nobody waits longer for a note.</summary>
    private static readonly TimeSpan NoteTimeout = TimeSpan.FromSeconds(1);

    /// <summary>For steps that the database could not note.</summary>
    private readonly Dictionary<string, long> _lastSteps = new(StringComparer.Ordinal);

    /// <summary>A new key in base32.</summary>
    public static string NewKey() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(KeyBytes));

    /// <summary>
    /// Whether the digits are those of the key now, and were not used by this person before. A full disk or a busy database keeps
    /// nobody from signing in and stopping a broadcast: then this process alone remembers the step.
    /// </summary>
    /// <param name="personId">Whose.</param>
    /// <param name="key">20 bytes in base32; anything else never fits.</param>
    /// <param name="code">Digits as typed; spaces do not count.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> AcceptAsync(string personId, string? key, string code, CancellationToken cancellationToken)
    {
        if (StepOf(key, code) is not { } step || !Remember(personId, step))
        {
            return false;
        }

        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            db.Database.SetCommandTimeout(NoteTimeout);
            bool isFirst;
            await using (await WriteAheadLog.DeferAsync(db, cancellationToken))
            {
                isFirst = await TakeAsync(db, personId, step, cancellationToken);
            }

            if (!isFirst)
            {
                return false;
            }

            await log.FlushAsync();
            return true;
        }
        catch (Exception problem) when (StorageBusy.Is(problem) || StorageFull.Is(problem))
        {
            logger.LogWarning(problem, "The digits that person {Person} used could not be noted", personId);
            return true;
        }
    }

    /// <summary>The step of 30 s whose digits these are, among the three that are taken now; null = none of them.</summary>
    internal long? StepOf(string? key, string code) =>
        TryRead(key, out var bytes) && new Totp(bytes).VerifyTotp(
            time.GetUtcNow().UtcDateTime, code.Replace(" ", string.Empty, StringComparison.Ordinal), out var step, Window)
            ? step
            : null;

    /// <summary>Notes a step with the person, as one statement.</summary>
    /// <returns>False when it, or a later one, was used before.</returns>
    internal static async Task<bool> TakeAsync(RadioDb db, string personId, long step, CancellationToken cancellationToken) =>
        await db.Users.Where(person => person.Id == personId && person.LastCodeStep < step).ExecuteUpdateAsync(
            row => row.SetProperty(person => person.LastCodeStep, step), cancellationToken) == 1;

    /// <summary>
    /// Notes the step of a new key's first digits. What was used of the key before does not count: both may be of one step.
    /// </summary>
    internal static Task BeginAsync(RadioDb db, string personId, long step, CancellationToken cancellationToken) =>
        db.Users.Where(person => person.Id == personId).ExecuteUpdateAsync(
            row => row.SetProperty(person => person.LastCodeStep, step), cancellationToken);

    public Task<string> GenerateAsync(string purpose, UserManager<Person> manager, Person user) => Task.FromResult(string.Empty);

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Person> manager, Person user) =>
        await AcceptAsync(user.Id, await manager.GetAuthenticatorKeyAsync(user), token, CancellationToken.None);

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Person> manager, Person user) =>
        Task.FromResult(user.TwoFactorEnabled);

    private bool Remember(string personId, long step)
    {
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
