using System.Security.Cryptography;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Virtual.Hardware;

internal sealed class AesCipher : IBlockCipher
{
    public byte[] Decrypt(byte[] key, byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptEcb(data, PaddingMode.None);
    }
}
