using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Objects;

/// <summary>The encoded sounds of this machine, each in a file named by its content address.</summary>
public sealed class ObjectStorage(DataFolder data) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public string PathOf(string id) => Path.Combine(data.Objects, id);

    /// <exception cref="IOException">There is no such file, or it cannot be read, or it is damaged.</exception>
    public ObjectFile Open(string id) => ObjectFile.Open(PathOf(id));

    /// <summary>Begins an object.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    internal NewObject Begin() => new(this, data.Incoming);

    /// <summary>
    /// Waits for the turn of whoever keeps or deletes objects: equal sounds share one file, so nobody may come to use a file that
    /// another takes away.
    /// </summary>
    internal Task<IDisposable> EnterAsync(CancellationToken cancellationToken) => _turn.TakeTurnAsync(cancellationToken);

    internal void Delete(string id) => File.Delete(PathOf(id));

    public void Dispose() => _turn.Dispose();
}
