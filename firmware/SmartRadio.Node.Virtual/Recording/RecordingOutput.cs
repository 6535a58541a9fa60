using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Recording;

/// <summary>An output with the device's ring that writes what it plays into a recording.</summary>
internal sealed class RecordingOutput(string folder, string name, ILocalClock clock, TimeProvider time) : IAudioOutput, IDisposable
{
    private OutputRing? _ring;
    private NodeRecording? _recording;

    public int Queued => _ring?.Queued(clock.Microseconds) ?? 0;

    public bool Open(int rate)
    {
        try
        {
            _recording = new NodeRecording(folder, name, rate, time);
            _ring = new OutputRing(rate, clock.Microseconds);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Starting(long broadcast, long instant) => _recording!.Starting(broadcast, instant);

    public bool Write(byte[] pcm, int samples)
    {
        try
        {
            _recording!.Append(pcm.AsSpan(0, samples * 2));
        }
        catch (IOException)
        {
            return false;
        }

        return WriteSilence(samples);
    }

    public bool WriteSilence(int samples)
    {
        var stall = _ring!.Put(samples, clock.Microseconds);
        if (stall > 0)
        {
            // The device's driver holds its caller until the ring has room.
            Thread.Sleep(TimeSpan.FromMicroseconds(stall));
        }

        return true;
    }

    public void Close()
    {
        Dispose();
        _ring = null;
        _recording = null;
    }

    public void Dispose() => _recording?.Dispose();
}
