using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace SmartRadio.Mqtt;

/// <summary>Kestrel ends a TLS handshake that fails without telling the program.</summary>
public static class TlsHandshakes
{
    private static readonly object Done = new();

    /// <summary>Has a port speak TLS.</summary>
    /// <param name="listen">The port.</param>
    /// <param name="configure">Gives it certificate, versions and ciphers.</param>
    /// <param name="failed">Called for each connection that ends before its handshake does.</param>
    public static void UseTls(this ListenOptions listen, Action<HttpsConnectionAdapterOptions> configure, Action failed)
    {
        listen.Use(next => async connection =>
        {
            try
            {
                await next(connection);
            }
            finally
            {
                if (!connection.Items.ContainsKey(Done))
                {
                    failed();
                }
            }
        });
        listen.UseHttps(configure);
        listen.Use(next => connection =>
        {
            connection.Items[Done] = true;
            return next(connection);
        });
    }
}
