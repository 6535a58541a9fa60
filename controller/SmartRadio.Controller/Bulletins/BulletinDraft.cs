using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// The files of a bulletin in the making, in a folder of their own. Unless it is kept it takes them with it when it goes; what a
/// crash leaves is swept at the next start.
/// </summary>
internal sealed class BulletinDraft : IDisposable
{
    private readonly TakenPlace _place;
    private string _folder;
    private bool _kept;

    /// <param name="title">The bulletin's.</param>
    /// <param name="origin">Where the sound comes from.</param>
    /// <param name="place">For the work on it; given back with the draft.</param>
    /// <param name="files">Where its files lie.</param>
    /// <exception cref="RefusedException"><see cref="Refusal.DiskFull"/>.</exception>
    public BulletinDraft(string title, BulletinOrigin origin, TakenPlace place, BulletinFiles files)
    {
        (Title, Origin, _place) = (title, origin, place);
        try
        {
            _folder = Directory.CreateDirectory(Path.Combine(files.Incoming, Guid.NewGuid().ToString("N"))).FullName;
        }
        catch (Exception error)
        {
            place.Dispose();
            throw StorageFull.Is(error) ? new RefusedException(Refusal.DiskFull) : error;
        }
    }

    public string Title { get; }

    public BulletinOrigin Origin { get; }

    /// <summary>The name of the file that was sent, for sentences about it; null when there is none.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether the place for emergencies was taken for it.</summary>
    public bool IsUrgent => _place.IsKept;

    /// <summary>The sound as it came in or was spoken.</summary>
    public string Source => Path.Combine(_folder, "source");

    public string Master => Path.Combine(_folder, BulletinFiles.Master);

    public string Preview => Path.Combine(_folder, BulletinFiles.Preview);

    /// <summary>Writes what is uploaded to <see cref="Source"/>.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.FileEmpty"/>, <see cref="BulletinRefusal.FileTooLarge"/>, <see cref="Refusal.DiskFull"/>.
    /// </exception>
    public async Task ReceiveAsync(Stream content, long most, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(content, most, cancellationToken);
        }
        catch (IOException error) when (StorageFull.Is(error))
        {
            throw new RefusedException(Refusal.DiskFull);
        }
    }

    /// <summary>
    /// Puts the folder where the bulletin will be looked for, without the source. An orphan that lies there is replaced.
    /// </summary>
    public void MoveTo(string folder)
    {
        File.Delete(Source);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(_folder, folder);
        _folder = folder;
    }

    /// <summary>
    /// Puts master and preview beside those of the bulletin, under the names of their hash. The row that names them is not
    /// committed yet.
    /// </summary>
    public void MoveBeside(BulletinFiles files, long id, string hash)
    {
        File.Move(Master, files.TrimmedOf(id, hash, BulletinFiles.Master), overwrite: true);
        File.Move(Preview, files.TrimmedOf(id, hash, BulletinFiles.Preview), overwrite: true);
    }

    /// <summary>The bulletin's row is committed: from now on the files are its own.</summary>
    public void Keep() => _kept = true;

    public void Dispose()
    {
        _place.Dispose();
        if (!_kept)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task CopyAsync(Stream content, long most, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Source, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (file.Length + read > most)
            {
                throw new RefusedException(BulletinRefusal.FileTooLarge, most).About(FileName);
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        if (file.Length == 0)
        {
            throw new RefusedException(BulletinRefusal.FileEmpty).About(FileName);
        }
    }
}
