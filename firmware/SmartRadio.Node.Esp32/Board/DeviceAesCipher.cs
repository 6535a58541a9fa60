using System.Security.Cryptography;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    public sealed class DeviceAesCipher : IBlockCipher
    {
        public byte[] Encrypt(byte[] key, byte[] blocks)
        {
            // The class has no counter mode: ECB of counter blocks is the keystream of one.
            Aes aes = new Aes(CipherMode.ECB);
            aes.Key = key;
            return aes.Encrypt(blocks);
        }
    }
}
