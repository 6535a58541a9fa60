using System.Security.Cryptography;
using SmartRadio.Node.Hardware;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Nodes;

internal sealed class AesCipher : IBlockCipher
{
    public byte[] Encrypt(byte[] key, byte[] blocks)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(blocks, PaddingMode.None);
    }
}

internal sealed class SteadySensors : ISensors
{
    public int Signal => -70;

    public int Temperature => 310;

    public int Supply => 12000;
}

internal sealed class Jitter(Chance chance) : IJitter
{
    public int Next(int bound) => chance.Between(0, bound);
}
