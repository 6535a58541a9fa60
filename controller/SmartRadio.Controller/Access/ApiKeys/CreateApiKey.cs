using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Access.ApiKeys;

/// <param name="Name">What the key is for; one line.</param>
/// <param name="Roles">Which of the person's roles it carries; at least one.</param>
/// <param name="AreaId">Where, with all below; null = wherever the person holds the roles.</param>
/// <param name="ExpiresAt">From then on it opens nothing; within <see cref="CreateApiKey.Longest"/>.</param>
public sealed record CreateApiKeyRequest(string Name, IReadOnlyList<Role> Roles, long? AreaId, DateTimeOffset ExpiresAt);

/// <param name="Row">What is kept.</param>
/// <param name="Key">The key itself, to be shown once.</param>
public sealed record NewApiKey(ApiKey Row, string Key)
{
    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => $"API key {Row.Id}";
}

/// <summary>
/// Makes a key with which a program acts as the person who made it, for a while and within some of the person's roles.
/// </summary>
public sealed class CreateApiKey(AuditedChanges changes, LocalTime local, IOptions<LimitOptions> limits)
{
    /// <summary>No key lasts longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(2 * 366);

    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NameMissing"/>, <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>;
    /// <see cref="PersonRefusal.NameLooksTaken"/> for a name that looks like another key's in use;
    /// <see cref="AccessRefusal.RoleNotHeld"/>, <see cref="AccessRefusal.ExpiryOutOfRange"/>,
    /// <see cref="AccessRefusal.TooManyApiKeys"/>, <see cref="AreaRefusal.UnknownArea"/>; <see cref="Refusal.NotAllowed"/> when
    /// no person asks.
    /// </exception>
    public Task<NewApiKey> HandleAsync(CreateApiKeyRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var name = PlainText.Name(request.Name);
        if (request.ExpiresAt <= local.Now || request.ExpiresAt > local.Now + Longest)
        {
            throw new RefusedException(AccessRefusal.ExpiryOutOfRange, (int)Longest.TotalDays);
        }

        var key = ApiKeySecret.New();
        return changes.ApplyAsync(actor, Right.Own, "apikey.create", async (change, token) =>
        {
            var owner = change.Own();
            var roles = request.Roles.Distinct().Order().ToList();
            await CheckAsync(change.Db, owner, roles, request.AreaId, token);
            await RefuseAlikeAsync(change.Db, owner, name, token);
            await CheckCountAsync(change.Db, owner, token);
            var row = new ApiKey
            {
                PersonId = owner,
                Name = name,
                Hash = ApiKeySecret.HashOf(key),
                Roles = string.Join(',', roles),
                AreaId = request.AreaId,
                CreatedAt = local.Now,
                ExpiresAt = request.ExpiresAt,
            };
            change.Db.ApiKeys.Add(row);
            await change.Db.SaveChangesAsync(token);
            return change.Report(
                new NewApiKey(row, key), $"apikey {row.Id}", new { row.Name, row.Roles, row.AreaId, row.ExpiresAt });
        }, cancellationToken);
    }

    private async Task RefuseAlikeAsync(RadioDb db, string owner, string name, CancellationToken cancellationToken)
    {
        var (now, look) = (local.Now, NameLook.Of(name));
        var used = await db.ApiKeys.Where(key => key.PersonId == owner && key.RevokedAt == null
            && (key.ExpiresAt == null || key.ExpiresAt > now)).Select(key => key.Name).ToListAsync(cancellationToken);
        if (used.Find(other => NameLook.Of(other) == look) is { } alike)
        {
            throw new RefusedException(PersonRefusal.NameLooksTaken, name, alike);
        }
    }

    private async Task CheckCountAsync(RadioDb db, string owner, CancellationToken cancellationToken)
    {
        var now = local.Now;
        var open = db.ApiKeys.Where(
            key => key.PersonId == owner && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now));
        if (await open.CountAsync(cancellationToken) >= limits.Value.ApiKeys)
        {
            throw new RefusedException(AccessRefusal.TooManyApiKeys, limits.Value.ApiKeys);
        }
    }

    private static async Task CheckAsync(
        RadioDb db, string owner, List<Role> roles, long? areaId, CancellationToken cancellationToken)
    {
        var held = await db.Roles.Where(grant => grant.PersonId == owner).Select(grant => grant.Role)
            .ToListAsync(cancellationToken);
        if (roles.Count == 0 || roles.Except(held).Any())
        {
            throw new RefusedException(AccessRefusal.RoleNotHeld);
        }

        // Another's area is not told apart: what the key may do is within the person's rights anyway.
        await db.NeedAreaAsync(areaId, cancellationToken);
    }
}
