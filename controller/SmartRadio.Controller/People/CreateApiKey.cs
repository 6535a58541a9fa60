using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.People;

/// <param name="Row">What is kept.</param>
/// <param name="Key">The key itself, to be shown once.</param>
public sealed record NewApiKey(ApiKey Row, string Key);

/// <summary>Makes a key with which a program acts as the person who made it.</summary>
public sealed class CreateApiKey(AuditedChanges changes, LocalTime local)
{
    /// <exception cref="RefusedException">
    /// <see cref="Refusal.NameMissing"/>, <see cref="Refusal.NameTooLong"/>, <see cref="Refusal.ControlCharacters"/>;
    /// <see cref="Refusal.NotAllowed"/> when no person asks.
    /// </exception>
    public Task<NewApiKey> HandleAsync(string name, Actor actor, CancellationToken cancel)
    {
        var checkedName = PlainText.Name(name);
        var key = ApiKeySecret.New();
        return changes.ApplyAsync(actor, Right.Own, "apikey.create", async (change, token) =>
        {
            var owner = change.Own();
            var row = new ApiKey { PersonId = owner, Name = checkedName, Hash = ApiKeySecret.HashOf(key), CreatedAt = local.Now };
            change.Db.ApiKeys.Add(row);
            await change.Db.SaveChangesAsync(token);
            return change.Report(new NewApiKey(row, key), $"apikey {row.Id}", new { row.Name });
        }, cancel);
    }
}
