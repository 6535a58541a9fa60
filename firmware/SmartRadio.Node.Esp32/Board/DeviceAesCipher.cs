using System.Security.Cryptography;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    public sealed class DeviceAesCipher : IBlockCipher
    {
        public byte[] Decrypt(byte[] key, byte[] data)
        {
            Aes aes = new Aes(CipherMode.ECB);
            aes.Key = key;
            return aes.Decrypt(data);
        }
    }
}
