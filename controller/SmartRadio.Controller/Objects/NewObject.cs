using SmartRadio.Audio.Files;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Objects;

/// <summary>A file made just now, or found to be there already.</summary>
/// <param name="Id">Its content address.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="IsNew">Whether nobody else can be using it yet.</param>
internal sealed record WrittenObject(string Id, long Bytes, bool IsNew);

/// <summary>An object in the making. It appears whole under its id when it is kept; otherwise nothing is left of it.</summary>
internal sealed class NewObject : IDisposable
{
    private readonly ObjectStorage _storage;
    private readonly NewFile _file;
    private readonly ObjectStream _content;

    /// <param name="storage">Where it is to appear.</param>
    /// <param name="folder">Where it lies until then, on the same disk.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    public NewObject(ObjectStorage storage, string folder)
    {
        _storage = storage;
        _file = new NewFile(Path.Combine(folder, "object"));
        _content = new ObjectStream(_file.Stream);
    }

    /// <summary>Takes the sound.</summary>
    public Stream Content => _content;

    /// <summary>Gives the object its id. The sound is complete: nothing is written after this.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public WrittenObject Keep()
    {
        var id = Hex.Encode(ObjectHash.Digest(_content.Manifest()));
        var isNew = !File.Exists(_storage.PathOf(id));
        _file.KeepAs(_storage.PathOf(id));
        return new WrittenObject(id, _content.Length, isNew);
    }

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }
}
