using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Objects;

/// <summary>A file made just now, or found to be there already.</summary>
/// <param name="Id">Its content address.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="IsNew">Whether nobody else can be using it yet.</param>
internal sealed record WrittenObject(string Id, long Bytes, bool IsNew);

/// <summary>The encoded sounds of this machine, each in a file named by its content address.</summary>
public sealed class ObjectStorage(DataFolder data)
{
    public string PathOf(string id) => Path.Combine(data.Objects, id);

    /// <exception cref="IOException">There is no such file, or it cannot be read, or it is damaged.</exception>
    public ObjectFile Open(string id) => ObjectFile.Open(PathOf(id));

    /// <summary>Writes an object, which appears whole under its id or not at all.</summary>
    /// <param name="encode">Writes the sound.</param>
    internal async Task<WrittenObject> WriteAsync(Func<Stream, Task> encode)
    {
        var partial = Path.Combine(data.Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            await using var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write);
            await using var hashing = new ObjectStream(file);
            await encode(hashing);
            file.Flush(flushToDisk: true);
            var id = Hex.Encode(ObjectHash.Digest(hashing.Manifest()));
            var isNew = !File.Exists(PathOf(id));
            File.Move(partial, PathOf(id), overwrite: true);
            return new WrittenObject(id, hashing.Length, isNew);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    internal void Delete(string id) => File.Delete(PathOf(id));
}
