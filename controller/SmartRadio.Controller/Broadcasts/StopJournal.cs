using System.Text.Json;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Broadcasts;

/// <summary>
/// Stops that the books do not know yet, in a file beside the database: the program may end before the database takes them.
/// Nobody waits for the disk: the file outlives the program, and a power cut only if the system had written it by then.
/// </summary>
public sealed class StopJournal(DataFolder data, ILogger<StopJournal> logger)
{
    private readonly Lock _lock = new();
    private List<StopPress>? _kept;

    /// <summary>All of them, those first that an earlier run left.</summary>
    internal IReadOnlyList<StopPress> Pending
    {
        get
        {
            lock (_lock)
            {
                return [.. Kept];
            }
        }
    }

    private List<StopPress> Kept => _kept ??= Read();

    private string Path => System.IO.Path.Combine(data.Root, DataFolder.StopsName);

    internal void Keep(StopPress press)
    {
        lock (_lock)
        {
            if (!Kept.Contains(press))
            {
                Kept.RemoveAll(kept => kept.Kind == press.Kind);
                Kept.Add(press);
                Write();
            }
        }
    }

    internal void Forget(StopPress press)
    {
        lock (_lock)
        {
            if (Kept.RemoveAll(kept => kept.Kind == press.Kind && kept.At <= press.At) > 0)
            {
                Write();
            }
        }
    }

    private List<StopPress> Read()
    {
        var left = new List<StopPress>();
        foreach (var line in File.Exists(Path) ? File.ReadLines(Path) : [])
        {
            try
            {
                left.Add(JsonSerializer.Deserialize<StopPress>(line)!);
            }
            catch (JsonException damaged)
            {
                logger.LogError(damaged, "A line of {File} is damaged: a stop was carried out and is not recorded", Path);
            }
        }

        return left;
    }

    private void Write()
    {
        try
        {
            if (Kept.Count == 0)
            {
                File.Delete(Path);
                return;
            }

            var draft = Path + ".draft";
            File.WriteAllLines(draft, Kept.Select(press => JsonSerializer.Serialize(press)));
            File.Move(draft, Path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            logger.LogError(
                problem, "{File} cannot be written: if the program ends now, {Count} stops stay unrecorded", Path, Kept.Count);
        }
    }
}
