using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Audio;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Drafts;

/// <param name="Key">Chosen by the page: <see cref="SaveDraft.KeyLength"/> hexadecimal digits.</param>
/// <param name="Title">At most 200 characters; a longer one is left out.</param>
/// <param name="Text">At most <see cref="AudioOptions.MaxTextLength"/> characters.</param>
/// <param name="AreaId">As chosen.</param>
/// <param name="Voice">As chosen.</param>
public sealed record SaveDraftRequest(string Key, string? Title, string? Text, long? AreaId, string? Voice)
{
    /// <summary>The key of the template it was begun with.</summary>
    public string? Template { get; init; }
}

/// <summary>
/// Keeps a text as far as it is written. Nothing of it is checked but its length: it becomes a bulletin only by being spoken.
/// </summary>
public sealed class SaveDraft(
    AuditedChanges changes, IOptions<AudioOptions> audio, IOptions<LimitOptions> limits, LocalTime local)
{
    public const int KeyLength = 16;

    /// <exception cref="RefusedException">
    /// <see cref="Refusal.Malformed"/> for the key, <see cref="Refusal.TextTooLong"/>,
    /// <see cref="DraftRefusal.TooManyDrafts"/>.
    /// </exception>
    public Task HandleAsync(SaveDraftRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (!IsKey(request.Key))
        {
            throw new RefusedException(Refusal.Malformed, "draft");
        }

        var most = audio.Value.MaxTextLength;
        var title = PlainText.Draft(request.Title, PlainText.NameLength) ?? string.Empty;
        var text = PlainText.Draft(request.Text, most) ?? throw new RefusedException(Refusal.TextTooLong, most);
        return changes.ApplyAsync(actor, Right.Own, "draft.save", async (change, token) =>
        {
            var person = change.Own();
            var draft = await change.Db.Drafts.FindAsync([person, request.Key], token);
            if (draft is null)
            {
                await CheckCountAsync(change, person, token);
                draft = new TextDraft { PersonId = person, Key = request.Key, Title = title, Text = text };
                change.Db.Drafts.Add(draft);
            }

            (draft.Title, draft.Text, draft.AreaId, draft.ChangedAt) = (title, text, request.AreaId, local.Now);
            draft.Voice = PlainText.Draft(request.Voice, PlainText.NameLength);
            draft.Template = string.IsNullOrEmpty(request.Template)
                ? null
                : PlainText.Draft(request.Template, PlainText.NameLength);
            return change.Report(draft, $"draft {request.Key}", new { draft.Text.Length });
        }, cancellationToken);
    }

    /// <summary>The key of a draft that is begun.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyLength / 2));

    internal static bool IsKey(string? key) => key?.Length == KeyLength && key.All(char.IsAsciiHexDigitLower);

    private async Task CheckCountAsync(Change change, string person, CancellationToken cancellationToken)
    {
        if (await change.Db.Drafts.CountAsync(row => row.PersonId == person, cancellationToken) >= limits.Value.PersonDrafts)
        {
            throw new RefusedException(DraftRefusal.TooManyDrafts, limits.Value.PersonDrafts);
        }
    }
}
