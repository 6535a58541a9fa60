// Members as listed for System.Net.Http 1.5.210 (nanoframework/System.Net.Http). Declarations only: nothing here runs.
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace System.Net
{
    public enum HttpStatusCode
    {
    }
}

namespace System.Net.Http
{
    public class HttpMessageInvoker : IDisposable
    {
        internal HttpMessageInvoker() => throw null;

        public void Dispose() => throw null;
    }

    public class HttpClient : HttpMessageInvoker
    {
        public HttpClient() => throw null;

        public X509Certificate HttpsAuthentCert { get => throw null; set => throw null; }

        public SslProtocols SslProtocols { get => throw null; set => throw null; }

        public SslVerification SslVerification { get => throw null; set => throw null; }

        public TimeSpan Timeout { get => throw null; set => throw null; }

        public HttpResponseMessage Post(string requestUri, HttpContent content) => throw null;
    }

    public abstract class HttpContent
    {
        internal HttpContent() => throw null;

        public string ReadAsString() => throw null;
    }

    public class ByteArrayContent : HttpContent
    {
        internal ByteArrayContent() => throw null;
    }

    public class StringContent : ByteArrayContent
    {
        public StringContent(string content, Encoding encoding, string mediaType) => throw null;
    }

    public class HttpResponseMessage : IDisposable
    {
        internal HttpResponseMessage() => throw null;

        public void Dispose() => throw null;

        public HttpContent Content { get => throw null; set => throw null; }

        public bool IsSuccessStatusCode => throw null;

        public HttpStatusCode StatusCode => throw null;
    }
}
