using System;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>Trades a code for the node's identity over TLS, with the certificate that the installer brought as the only one believed.</summary>
    public sealed class Enrolment
    {
        private static readonly TimeSpan Patience = new TimeSpan(0, 0, 25);

        /// <summary>What it was given, or null; then <see cref="Problem"/> says why in a sentence without the code.</summary>
        public EnrolmentAnswer Trade(string host, string port, X509Certificate certificate, string code)
        {
            try
            {
                HttpClient client = new HttpClient();
                client.HttpsAuthentCert = certificate;
                client.SslProtocols = SslProtocols.Tls12;
                client.SslVerification = SslVerification.CertificateRequired;
                client.Timeout = Patience;
                StringContent body = new StringContent("{\"code\":\"" + code + "\"}", Encoding.UTF8, "application/json");
                HttpResponseMessage response = client.Post("https://" + host + ":" + port + "/api/v1/enrolments", body);
                EnrolmentAnswer given = response.IsSuccessStatusCode ? EnrolmentAnswer.Read(response.Content.ReadAsString()) : null;
                Problem = given != null ? string.Empty
                    : response.IsSuccessStatusCode ? "The controller's answer is not whole."
                    : "The controller refused the code: make a new one on the node's page.";
                return given;
            }
            catch (Exception)
            {
                // The exception's text may hold the address with the code's answer: it is not shown.
                Problem = "The controller was not reached, or its certificate is not the one that was pasted.";
                return null;
            }
        }

        public string Problem { get; private set; }
    }
}
