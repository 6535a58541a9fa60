using System;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>
    /// Redeems a code for the node's identity over TLS, with the certificate that the installer brought as the only one believed.
    /// </summary>
    public sealed class Enrolment
    {
        /// <summary>Seconds that the controller has for its answer.</summary>
        private const int Patience = 25;

        /// <summary>What was given; null unless the code was redeemed.</summary>
        public EnrolmentAnswer Given { get; private set; }

        /// <param name="host">Of the controller's https page.</param>
        /// <param name="port">Of the same.</param>
        /// <param name="certificate">Null when it cannot be read: then nothing is sent.</param>
        /// <param name="code">What is redeemed.</param>
        public RedemptionOutcome Redeem(string host, string port, X509Certificate certificate, string code)
        {
            if (certificate == null)
            {
                return RedemptionOutcome.NoController;
            }

            try
            {
                using (HttpClient client = new HttpClient())
                {
                    client.HttpsAuthentCert = certificate;
                    client.SslProtocols = SslProtocols.Tls12;
                    client.SslVerification = SslVerification.CertificateRequired;
                    client.Timeout = new TimeSpan(0, 0, Patience);
                    StringContent body = new StringContent("{\"code\":\"" + code + "\"}", Encoding.UTF8, "application/json");
                    using (HttpResponseMessage response = client.Post(
                        "https://" + host + ":" + port + "/api/v1/enrolments", body))
                    {
                        return Read(response);
                    }
                }
            }
            catch (Exception)
            {
                // The exception's text may hold the address with the code's answer: it is not shown.
                return RedemptionOutcome.NoController;
            }
        }

        private RedemptionOutcome Read(HttpResponseMessage response)
        {
            if (!response.IsSuccessStatusCode)
            {
                return CodeRedemption.OutcomeOf((int)response.StatusCode);
            }

            Given = EnrolmentAnswer.Read(response.Content.ReadAsString());
            return Given != null ? RedemptionOutcome.Redeemed : RedemptionOutcome.NotWhole;
        }
    }
}
