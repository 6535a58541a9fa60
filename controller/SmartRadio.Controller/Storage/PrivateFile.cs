using System.Text;
using SmartRadio.Audio.Files;

namespace SmartRadio.Controller.Storage;

/// <summary>A file only its owner may read, for secrets. It appears whole or not at all.</summary>
public static class PrivateFile
{
    /// <summary>Writes a text in UTF-8, in place of an older file.</summary>
    /// <exception cref="IOException">It cannot be written; nothing is left then.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        using var file = new NewFile(path, isPrivate: true);
        await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        file.Keep();
    }
}
