using SmartRadio.Node.Link;
using SmartRadio.Node.Virtual.Hardware;

namespace SmartRadio.Node.Virtual.Fleet;

/// <summary>What an attempt to connect costs a device: it waits for leave, looks a name up, shakes hands.</summary>
/// <param name="profile">Says how long that takes.</param>
/// <param name="time">This machine's.</param>
internal sealed class ConnectingCost(NodeProfile profile, TimeProvider time)
{
    /// <summary>What a name server that keeps silent holds every thread for.</summary>
    public static readonly TimeSpan DeadLookUp = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly KnownAddress _address = new();

    /// <summary>Whether the node lets an attempt begin; told whether it looks no name up.</summary>
    public Func<bool, bool> MayBegin { get; set; } = _ => true;

    /// <summary>Lets nothing of the node run for so long.</summary>
    public Action<TimeSpan> StandStill { get; set; } = _ => { };

    /// <summary>Waits and pays.</summary>
    /// <returns>False when the broker's name was not found.</returns>
    public async Task<bool> PayAsync(CancellationToken cancellationToken)
    {
        if (!profile.DnsDead && profile.Handshake == 0)
        {
            return true;
        }

        while (!MayBegin(!_address.MustLookUp))
        {
            await Task.Delay(Look, time, cancellationToken);
        }

        if (profile.DnsDead && _address.IsKnown && _address.MustLookUp)
        {
            await HoldAsync(DeadLookUp, cancellationToken);
            return false;
        }

        await HoldAsync(TimeSpan.FromSeconds(profile.Handshake), cancellationToken);
        return true;
    }

    public void Connected() => _address.Connected();

    public void Failed() => _address.Failed();

    private async Task HoldAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        StandStill(length);
        await Task.Delay(length, time, cancellationToken);
    }
}
