namespace SmartRadio.Audio.Tests.Setting;

/// <summary>A folder of one test, gone after it.</summary>
public sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("audio-test-");

    public string File(string name) => Path.Combine(folder.FullName, name);

    /// <summary>The names of all that lies in it.</summary>
    public string[] Names => [.. folder.EnumerateFiles().Select(file => file.Name).Order()];

    public void Dispose() => folder.Delete(recursive: true);
}
