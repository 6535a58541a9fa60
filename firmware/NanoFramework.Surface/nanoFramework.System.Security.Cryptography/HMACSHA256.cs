// Members as listed for nanoFramework.System.Security.Cryptography 1.0.43 (nanoframework/System.Security.Cryptography). Declarations only: nothing here runs.
namespace System.Security.Cryptography
{
    public class HMACSHA256
    {
        public static byte[] HashData(byte[] key, byte[] source) => throw null;
    }
}
