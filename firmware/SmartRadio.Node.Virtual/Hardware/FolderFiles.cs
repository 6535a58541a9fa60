using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

/// <summary>
/// A folder of a given capacity. The process may be killed at any byte; the machine's own power is not our concern.
/// </summary>
internal sealed class FolderFiles : IFiles
{
    private readonly string _folder;
    private readonly Dictionary<string, long> _sizes;
    private long _used;

    public FolderFiles(string folder, long capacity)
    {
        _folder = folder;
        TotalBytes = capacity;
        _sizes = Directory.CreateDirectory(folder).EnumerateFiles()
            .ToDictionary(file => file.Name, file => file.Length, StringComparer.Ordinal);
        _used = _sizes.Values.Sum();
    }

    public long FreeBytes => Math.Max(TotalBytes - _used, 0);

    public long TotalBytes { get; }

    public string[] List() => [.. _sizes.Keys];

    public byte[]? Read(string name) => _sizes.ContainsKey(name) ? Try(() => File.ReadAllBytes(PathOf(name)), null) : null;

    public bool Write(string name, byte[] content) =>
        Fits(name, content.Length) && Try(
            () =>
            {
                var isShorter = content.Length < _sizes.GetValueOrDefault(name);
                Resized(name, content.Length);
                // Not emptied first: ext4 brings a file that was cut to nothing and filled again to the disk when it is closed.
                using var file = File.OpenHandle(PathOf(name), FileMode.OpenOrCreate, FileAccess.Write);
                RandomAccess.Write(file, content, 0);
                if (isShorter)
                {
                    RandomAccess.SetLength(file, content.Length);
                }

                return true;
            },
            false);

    public int ReadAt(string name, long position, byte[] buffer, int count) =>
        !_sizes.ContainsKey(name) ? 0 : Try(
            () =>
            {
                using var file = File.OpenHandle(PathOf(name));
                return RandomAccess.Read(file, buffer.AsSpan(0, count), position);
            },
            0);

    public bool WriteAt(string name, long position, byte[] content)
    {
        var size = Math.Max(_sizes.GetValueOrDefault(name), position + content.Length);
        return Fits(name, size) && Try(
            () =>
            {
                Resized(name, size);
                using var file = File.OpenHandle(PathOf(name), FileMode.OpenOrCreate, FileAccess.Write);
                RandomAccess.Write(file, content, position);
                return true;
            },
            false);
    }

    public void Delete(string name) =>
        Try(
            () =>
            {
                File.Delete(PathOf(name));
                _used -= _sizes.GetValueOrDefault(name);
                return _sizes.Remove(name);
            },
            false);

    private static T Try<T>(Func<T> action, T otherwise)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (FileProblem.Is(e))
        {
            return otherwise;
        }
    }

    private bool Fits(string name, long size) => _used - _sizes.GetValueOrDefault(name) + size <= TotalBytes;

    private void Resized(string name, long size)
    {
        _used += size - _sizes.GetValueOrDefault(name);
        _sizes[name] = size;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
