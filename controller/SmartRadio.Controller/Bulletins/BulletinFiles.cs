using System.Globalization;
using System.Security.Cryptography;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Bulletins;

/// <summary>Where a bulletin's sound lies.</summary>
public sealed class BulletinFiles(DataFolder data)
{
    /// <summary>Name of the prepared sound, from which every codec is encoded.</summary>
    internal const string Master = "master.wav";

    /// <summary>Name of the small file a browser plays.</summary>
    internal const string Preview = "preview.mp3";

    public string FolderOf(long id) => Path.Combine(data.Bulletins, id.ToString(CultureInfo.InvariantCulture));

    public string MasterOf(long id) => Path.Combine(FolderOf(id), Master);

    public string PreviewOf(long id) => Path.Combine(FolderOf(id), Preview);

    /// <summary>SHA-256 in hexadecimal, as kept in <see cref="Bulletin.Hash"/>.</summary>
    public static async Task<string> HashOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
