using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Objects;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Releases;

/// <param name="Version">As the program calls itself: letters, digits, points and hyphens.</param>
/// <param name="Notes">One line, may be empty.</param>
/// <param name="FileName">As the file was called.</param>
/// <param name="Content">A .pe or a zip of them.</param>
public sealed record ReleaseRequest(string Version, string Notes, string FileName, Stream Content);

/// <summary>Takes in a version of the device program. Nothing goes to any node yet.</summary>
public sealed class AddRelease(
    AuditedChanges changes, ObjectStorage files, TimeProvider time, IOptions<LimitOptions> limits)
{
    /// <exception cref="RefusedException">
    /// <see cref="ReleaseRefusal.ReleaseVersionWrong"/>, <see cref="ReleaseRefusal.ReleaseVersionTaken"/>,
    /// <see cref="ReleaseRefusal.ReleaseNotAProgram"/>, <see cref="ReleaseRefusal.ReleaseTooLarge"/>,
    /// <see cref="ReleaseRefusal.TooManyReleases"/>, and what is wrong with the notes.
    /// </exception>
    public async Task<Release> HandleAsync(ReleaseRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var version = request.Version.Trim();
        if (version.Length == 0 || Encoding.UTF8.GetByteCount(version) > UpdateCommand.MaxVersion
            || !version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))
        {
            throw new RefusedException(ReleaseRefusal.ReleaseVersionWrong, UpdateCommand.MaxVersion);
        }

        var notes = request.Notes.Trim();
        if (notes.Length > PlainText.NameLength)
        {
            throw new RefusedException(Refusal.Malformed, "notes");
        }

        var bundle = await ReleaseArchive.ReadAsync(request.Content, request.FileName, cancellationToken);
        using var file = files.Begin();
        await file.Content.WriteAsync(bundle, cancellationToken);
        var release = await changes.ApplyAsync(
            actor,
            Right.Administer,
            "release.add",
            async (change, token) =>
            {
                var db = change.Db;
                change.Everywhere();
                if (await db.Releases.AnyAsync(row => row.Version == version, token))
                {
                    throw new RefusedException(ReleaseRefusal.ReleaseVersionTaken, version);
                }

                if (await db.Releases.CountAsync(token) >= limits.Value.Releases)
                {
                    throw new RefusedException(ReleaseRefusal.TooManyReleases, limits.Value.Releases);
                }

                // Only what is taken in stays on the disk.
                var written = file.Keep();

                var row = new Release
                {
                    Version = version,
                    ObjectId = written.Id,
                    Bytes = written.Bytes,
                    Notes = notes,
                    CreatedById = actor.PersonId ?? string.Empty,
                    CreatedAt = time.GetUtcNow(),
                };
                db.Releases.Add(row);
                await db.SaveChangesAsync(token);
                change.Happens(new ReleasesChanged());
                return change.Report(row, $"release {row.Id}", new { version, written.Id, written.Bytes });
            },
            cancellationToken);
        return release;
    }
}
