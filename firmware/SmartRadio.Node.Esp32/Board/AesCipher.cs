using System.Security.Cryptography;

namespace SmartRadio.Node.Esp32.Board
{
    public sealed class AesCipher : IBlockCipher
    {
        public byte[] Decrypt(byte[] key, byte[] data)
        {
            Aes aes = new Aes(CipherMode.ECB);
            aes.Key = key;
            return aes.Decrypt(data);
        }
    }
}
