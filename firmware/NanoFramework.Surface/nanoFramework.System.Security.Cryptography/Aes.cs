// Members as listed for nanoFramework.System.Security.Cryptography 1.0.43 (nanoframework/System.Security.Cryptography). Declarations only: nothing here runs.
namespace System.Security.Cryptography
{
    public enum CipherMode
    {
        ECB = 2,
    }

    public class Aes
    {
        public Aes(CipherMode mode) => throw null;

        public byte[] Key { get => throw null; set => throw null; }

        public byte[] Encrypt(byte[] data) => throw null;
    }
}
