using System.Globalization;
using System.Security.Cryptography;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// Where a bulletin's sound lies. A sound that was trimmed bears the beginning of its hash in its name: so it lies beside the one
/// before it until the row that names it is committed.
/// </summary>
public sealed class BulletinFiles(DataFolder data)
{
    /// <summary>Name of the prepared sound, from which every codec is encoded.</summary>
    internal const string Master = NamedFiles.Master;

    /// <summary>Name of the small file a browser plays.</summary>
    internal const string Preview = NamedFiles.Preview;

    /// <summary>Where sounds lie while they are made.</summary>
    internal string Incoming => data.Incoming;

    public string FolderOf(long id) => Path.Combine(data.Bulletins, id.ToString(CultureInfo.InvariantCulture));

    public string MasterOf(Bulletin bulletin) => Of(bulletin, Master);

    public string PreviewOf(Bulletin bulletin) => Of(bulletin, Preview);

    /// <summary>SHA-256 in hexadecimal, as kept in <see cref="Bulletin.Hash"/>.</summary>
    public static async Task<string> HashOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Whether the sound is there and is the one its row names.</summary>
    internal async Task<bool> IsUnchangedAsync(Bulletin bulletin, CancellationToken cancellationToken)
    {
        try
        {
            return await HashOfAsync(MasterOf(bulletin), cancellationToken) == bulletin.Hash;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Where a sound of this hash lies once it takes the place of the one before it.</summary>
    internal string TrimmedOf(long id, string hash, string name) =>
        Path.Combine(FolderOf(id), NamedFiles.Replaced(hash, name) ?? name);

    /// <summary>Deletes a file whose bulletin may be deleted meanwhile.</summary>
    internal static void Drop(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // The bulletin is gone with all its files.
        }
    }

    /// <summary>Deletes the files of a bulletin whose row is gone.</summary>
    internal void DeleteAll(long id)
    {
        try
        {
            Directory.Delete(FolderOf(id), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // A bulletin whose sound was lost.
        }
    }

    private string Of(Bulletin bulletin, string name)
    {
        var trimmed = TrimmedOf(bulletin.Id, bulletin.Hash, name);
        return File.Exists(trimmed) ? trimmed : Path.Combine(FolderOf(bulletin.Id), name);
    }
}
