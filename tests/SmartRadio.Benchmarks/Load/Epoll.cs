using System.Runtime.InteropServices;

namespace SmartRadio.Benchmarks.Load;

/// <summary>
/// Linux's readiness queue: one thread reads ten thousand sockets at little cost beside the broker on the same machine.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    private const int Add = 1;
    private const uint Readable = 1;
    private const int DontWait = 0x40;

    private readonly int _queue = Create(0);
    private readonly Event[] _ready = new Event[1024];

    public void Watch(int socket, int tag)
    {
        var wish = new Event { Events = Readable, Tag = (ulong)tag };
        if (Control(_queue, Add, socket, ref wish) != 0)
        {
            throw new IOException($"epoll_ctl failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Tags of sockets with something to read; waits at most so long.</summary>
    public int Wait(Span<int> tags, int milliseconds)
    {
        var count = Math.Max(0, Wait(_queue, _ready, Math.Min(tags.Length, _ready.Length), milliseconds));
        for (var i = 0; i < count; i++)
        {
            tags[i] = (int)_ready[i].Tag;
        }

        return count;
    }

    /// <summary>Bytes read, 0 at the end of the stream, below 0 when there is nothing.</summary>
    public static int Read(int socket, byte[] buffer) => (int)Receive(socket, buffer, buffer.Length, DontWait);

    public void Dispose() => _ = Close(_queue);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int queue, int operation, int socket, ref Event wish);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int Wait(int queue, [Out] Event[] ready, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int socket, [Out] byte[] buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    /// <summary>Packed on x86-64 only (epoll_ctl(2)); the benchmarks run there.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Event
    {
        public uint Events;
        public ulong Tag;
    }
}
