using SmartRadio.Protocol;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Nodes;

/// <summary>What is fixed about one node.</summary>
/// <param name="Id">8 bytes.</param>
/// <param name="Secret">32 bytes.</param>
/// <param name="Drift">Parts per million its crystal is fast.</param>
/// <param name="KeepsTime">Its real-time clock runs on while the power is off.</param>
/// <param name="FlashBytes">Size of its storage.</param>
internal sealed record NodeTraits(byte[] Id, byte[] Secret, int Drift, bool KeepsTime, long FlashBytes)
{
    private const long AmpleFlash = 2 * 1024 * 1024;

    /// <summary>Just beyond what a node keeps free for its own books: few sounds fit.</summary>
    private const long ScarceFlash = (128 + 70) * 1024;

    private const int WorstDrift = 40;

    public string Name => Hex.Encode(Id);

    public static NodeTraits Draw(Chance chance) => new(
        chance.Bytes(WireSizes.NodeIdLength),
        chance.Bytes(WireSizes.KeyLength),
        chance.Between(-WorstDrift, WorstDrift + 1),
        chance.Of(0.7),
        chance.Of(0.15) ? ScarceFlash : AmpleFlash);
}
