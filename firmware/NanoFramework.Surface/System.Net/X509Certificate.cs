// Members as listed for System.Net 1.11.54 (nanoframework/System.Net). Declarations only: nothing here runs.
namespace System.Security.Cryptography.X509Certificates
{
    public class X509Certificate
    {
        public X509Certificate(string certificate) => throw null;
    }
}
