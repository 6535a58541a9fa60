using SmartRadio.Audio.Files;
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
        using var file = new NewFile(Path.Combine(data.Incoming, "object"));
        await using var hashing = new ObjectStream(file.Stream);
        await encode(hashing);
        var id = Hex.Encode(ObjectHash.Digest(hashing.Manifest()));
        var isNew = !File.Exists(PathOf(id));
        file.KeepAs(PathOf(id));
        return new WrittenObject(id, hashing.Length, isNew);
    }

    internal void Delete(string id) => File.Delete(PathOf(id));
}
