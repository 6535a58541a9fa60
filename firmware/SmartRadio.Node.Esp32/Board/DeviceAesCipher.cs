using System;
using System.Security.Cryptography;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>
    /// The interpreter's AES: whatever its documentation says, it takes keys of 16 bytes alone (it asks mbedTLS for
    /// MBEDTLS_CIPHER_AES_128_ECB; nf-interpreter, nf_sys_sec_cryptography_System_Security_Cryptography_Aes.cpp).
    /// </summary>
    public sealed class DeviceAesCipher : IBlockCipher
    {
        private const int BlockLength = 16;

        public byte[] Encrypt(byte[] key, byte[] blocks)
        {
            // The class has no counter mode: ECB of counter blocks is the keystream of one.
            Aes aes = new Aes(CipherMode.ECB);
            aes.Key = key;

            // One by one: older interpreters encrypt the first block only.
            byte[] block = new byte[BlockLength];
            byte[] encrypted = new byte[blocks.Length];
            for (int start = 0; start < blocks.Length; start += BlockLength)
            {
                Array.Copy(blocks, start, block, 0, BlockLength);
                Array.Copy(aes.Encrypt(block), 0, encrypted, start, BlockLength);
            }

            return encrypted;
        }
    }
}
