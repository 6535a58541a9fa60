using System.Security.Cryptography.X509Certificates;

namespace SmartRadio.Testing.Processes;

/// <summary>A mosquitto that speaks TLS alone, for <c>localhost</c>, with a certificate that vouches for itself.</summary>
public sealed class TlsMosquitto : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartradio-tls-");
    private MosquittoProcess? _broker;

    private TlsMosquitto()
    {
    }

    public int Port => _broker!.Port;

    /// <summary>PEM file of the certificate.</summary>
    public string Certificate => Path.Combine(_folder.FullName, "certificate.pem");

    public static async Task<TlsMosquitto> StartAsync()
    {
        var made = new TlsMosquitto();
        using var certificate = TestCertificate.Create();
        using var key = certificate.GetECDsaPrivateKey()!;
        var keyFile = Path.Combine(made._folder.FullName, "key.pem");
        await File.WriteAllTextAsync(made.Certificate, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        made._broker = await MosquittoProcess.StartAsync(
            new MosquittoSetting { Lines = [$"certfile {made.Certificate}", $"keyfile {keyFile}"] });
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}
