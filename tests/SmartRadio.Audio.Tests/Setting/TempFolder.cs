namespace SmartRadio.Audio.Tests.Setting;

/// <summary>A folder of one test, gone after it.</summary>
public sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audio-test-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The names of all that lies in it.</summary>
    public string[] Names => [.. _folder.EnumerateFiles().Select(file => file.Name).Order()];

    public void Dispose() => _folder.Delete(recursive: true);
}
