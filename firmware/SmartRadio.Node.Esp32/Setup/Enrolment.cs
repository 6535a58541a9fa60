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

        /// <summary>What was given; null unless the code was traded.</summary>
        public EnrolmentAnswer Given { get; private set; }

        public TradeOutcome Trade(string host, string port, X509Certificate certificate, string code)
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
                if (!response.IsSuccessStatusCode)
                {
                    return CodeTrade.OutcomeOf((int)response.StatusCode);
                }

                Given = EnrolmentAnswer.Read(response.Content.ReadAsString());
                return Given != null ? TradeOutcome.Traded : TradeOutcome.NotWhole;
            }
            catch (Exception)
            {
                // The exception's text may hold the address with the code's answer: it is not shown.
                return TradeOutcome.NoController;
            }
        }
    }
}
