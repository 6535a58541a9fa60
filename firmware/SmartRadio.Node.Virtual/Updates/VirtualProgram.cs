using SmartRadio.Node.Hardware;
using SmartRadio.Node.Updates;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Node.Virtual.Updates;

/// <summary>
/// The program of a virtual node: the slots on its disk are chosen among as the device's loader does, and what is chosen is
/// carried out by being called by its version.
/// </summary>
/// <param name="Version">What the node says of itself.</param>
/// <param name="IsBroken">A release whose program begins with "NFMRK broken" is one that never finds its controller.</param>
internal sealed record VirtualProgram(string Version, bool IsBroken)
{
    /// <summary>The version that is installed at first.</summary>
    public const string First = "1.0";

    private static ReadOnlySpan<byte> BrokenMark => "NFMRK broken"u8;

    public static VirtualProgram Choose(IFiles files, byte[] secret)
    {
        var slots = new BootSlots(files, new NodeKeys(secret).Store);
        for (var slot = slots.Choose(); slot != BootSlots.None; slot = slots.Broken(slot))
        {
            if (slots.Load(slot) is { } content && ReleaseBundle.Read(content) is { } bundle)
            {
                return new VirtualProgram(
                    slots.IsOnTrial ? slots.CandidateVersion : slots.ActiveVersion,
                    bundle.Assemblies[^1].AsSpan().StartsWith(BrokenMark));
            }
        }

        return new VirtualProgram(First, IsBroken: false);
    }
}

/// <summary>The node asked to be started again, as after a staged update.</summary>
internal sealed class RestartException : Exception;

/// <summary>Remembers that the node asked to be started again.</summary>
internal sealed class VirtualRestart : IRestart
{
    private volatile bool _asked;

    public void Restart() => _asked = true;

    public void ThrowIfAsked()
    {
        if (_asked)
        {
            throw new RestartException();
        }
    }
}
