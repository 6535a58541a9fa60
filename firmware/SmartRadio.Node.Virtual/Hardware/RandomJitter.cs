using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

internal sealed class RandomJitter : IJitter
{
    // Spreads messages in time; it guards no secret.
    public int Next(int bound) => Random.Shared.Next(bound);
}
