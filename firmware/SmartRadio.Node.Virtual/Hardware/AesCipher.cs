using System.Security.Cryptography;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

internal sealed class AesCipher : IBlockCipher
{
    public byte[] Encrypt(byte[] key, byte[] blocks)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(blocks, PaddingMode.None);
    }
}
