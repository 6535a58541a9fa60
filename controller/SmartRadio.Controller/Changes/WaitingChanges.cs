using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>
/// Who may join the line of changes. Whoever may do a thing nowhere does not stand before those who may, and one person fills
/// neither the line nor, day after day, the disk.
/// </summary>
public sealed class WaitingChanges(
    IDbContextFactory<RadioDb> databases, IRights rights, IOptions<LimitOptions> limits, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    // A start forgets them. At most one a person and right, and one a person and own act.
    private readonly Dictionary<(string Person, string Kind), (DateTimeOffset Since, int Count)> _days = [];

    /// <returns>The place in the line; disposing it frees the place.</returns>
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NotAllowed"/>, <see cref="Refusal.TooManyChanges"/>, <see cref="Refusal.TooManyDayChanges"/>.
    /// </exception>
    /// <exception cref="AlreadyAppliedException">It was done before; the right may be gone since.</exception>
    internal async Task<IDisposable?> JoinAsync(Actor actor, Right right, string action, CancellationToken cancellationToken)
    {
        if (actor.PersonId is not { } person)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await rights.MayAnywhereAsync(db, actor, right, cancellationToken))
        {
            await RefuseAsync(db, actor, action, cancellationToken);
        }

        // A stop is never refused for what its person asked besides.
        return right == Right.Stop ? null : Take(person, KindOf(right, action));
    }

    private async Task RefuseAsync(RadioDb db, Actor actor, string action, CancellationToken cancellationToken)
    {
        if (actor.RequestKey is { } key
            && await db.AppliedRequests.FindAsync([actor.PersonId, key, action], cancellationToken) is { } before
            && before.At >= time.GetUtcNow() - AuditedChanges.RequestsKept)
        {
            throw new AlreadyAppliedException(before.Subject);
        }

        throw new RefusedException(Refusal.NotAllowed);
    }

    // Kinds are counted apart: no other change takes the place of an alert. What anybody may do for himself is apart too, so that
    // drafts, thousands of them by a stolen session, take no place of a new password.
    private static string KindOf(Right right, string action) => right == Right.Own ? action : right.ToString();

    private Place Take(string person, string kind)
    {
        var most = limits.Value.PersonChanges;
        lock (_places)
        {
            var own = _places.GetValueOrDefault(person);
            if (own >= most)
            {
                throw new RefusedException(Refusal.TooManyChanges, most);
            }

            CountDay((person, kind));
            _places[person] = own + 1;
        }

        return new Place(this, person);
    }

    private void CountDay((string Person, string Kind) key)
    {
        var (now, most) = (time.GetUtcNow(), limits.Value.PersonDayChanges);
        var (since, count) = _days.GetValueOrDefault(key);
        if (now < since || now - since >= Day)
        {
            (since, count) = (now, 0);
        }

        if (count >= most)
        {
            throw new RefusedException(Refusal.TooManyDayChanges, most);
        }

        _days[key] = (since, count + 1);
    }

    private void Free(string person)
    {
        lock (_places)
        {
            if (--_places[person] == 0)
            {
                _places.Remove(person);
            }
        }
    }

    private sealed class Place(WaitingChanges line, string person) : IDisposable
    {
        public void Dispose() => line.Free(person);
    }
}
