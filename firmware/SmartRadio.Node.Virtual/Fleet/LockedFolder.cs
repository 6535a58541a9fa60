using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>
/// A data folder while this process uses it. A lock on a file in it keeps every other away; the kernel takes the lock back when
/// the process ends, however it ends, and the file stays.
/// </summary>
internal sealed class LockedFolder : IDisposable
{
    private const string LockName = "smartradio-node.lock";
    private const string TrialName = "smartradio-node.trial";

    /// <summary>Enough to find a full disk.</summary>
    private const int Trial = 4096;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly FileStream _lock;

    private LockedFolder(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
    }

    /// <summary>How long one that is about to end may take with it, as before a restart.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Makes the folder if need be, and takes it.</summary>
    /// <param name="time">By which <see cref="Patience"/> is measured.</param>
    /// <exception cref="FleetException">Another process has it, or nothing can be kept in it.</exception>
    public static async Task<LockedFolder> UseAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return Take(path);
            }
            catch (IOException e) when (IsTaken(e))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (time.GetElapsedTime(since) > Patience)
                {
                    throw new FleetException(
                        $"Another smartradio-node is using the folder {path}: stop it, or give this one another folder with --data.");
                }
            }
            catch (Exception e) when (FileProblem.Is(e))
            {
                throw new FleetException($"Nothing can be kept in the folder {path}: {FileProblem.ReasonOf(e)}.");
            }

            await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks whether a node's storage can be written, and its recording if it has one.</summary>
    /// <exception cref="FleetException">One cannot.</exception>
    public void Check(FleetNode node, bool records)
    {
        var stem = Path.Combine(_path, Hex.Encode(node.Id));
        try
        {
            Directory.CreateDirectory(stem);
            new FileStream(
                Path.Combine(stem, TrialName), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose).Dispose();
            foreach (var recording in new[] { stem + ".wav", stem + ".csv" }.Where(path => records && Path.Exists(path)))
            {
                File.OpenHandle(recording, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            }
        }
        catch (Exception e) when (FileProblem.Is(e))
        {
            throw new FleetException(
                $"What {node.Name} keeps in the folder {_path} cannot be written: {FileProblem.ReasonOf(e)}.");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static LockedFolder Take(string path)
    {
        Directory.CreateDirectory(path);
        var file = new FileStream(
            Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            file.Write(new byte[Trial]);
            file.Flush(flushToDisk: true);
            file.SetLength(0);
            return new LockedFolder(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The number by which each system says that somebody else has the file.</summary>
    private static bool IsTaken(IOException e) =>
        e.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35);
}
