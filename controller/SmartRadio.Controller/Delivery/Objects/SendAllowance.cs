namespace SmartRadio.Controller.Delivery.Objects;

/// <summary>
/// Bytes that may be sent now. What was not used is not saved up for a burst; what was overdrawn is paid back first.
/// </summary>
internal sealed class SendAllowance
{
    private double _bytes;

    public bool IsSpent => _bytes <= 0;

    /// <param name="rate">Bytes a second.</param>
    /// <param name="since">Since the last time.</param>
    public void Renew(int rate, TimeSpan since) => _bytes = Math.Min(_bytes, 0) + (rate * since.TotalSeconds);

    public void Spend(long bytes) => _bytes -= bytes;

    /// <summary>The link takes nothing: the rest of it is lost.</summary>
    public void Forfeit() => _bytes = Math.Min(_bytes, 0);
}
