using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Tests.Bench;

/// <summary>Somebody at a device's serial console.</summary>
internal sealed class Installer
{
    private static readonly Lazy<string> Made = new(MakeCertificate);

    private readonly Provisioning _console;

    public Installer(BenchFiles? files = null)
    {
        Files = files ?? new BenchFiles();
        Settings = new DeviceSettings(Files);
        _console = new Provisioning(Settings, IsCertificate);
    }

    /// <summary>A certificate as a controller shows it.</summary>
    public static string Certificate => Made.Value;

    public BenchFiles Files { get; }

    public DeviceSettings Settings { get; }

    public Provisioning Console => _console;

    /// <summary>All that the device answered.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>Types a line; what the device answers, or null.</summary>
    public string? Say(string line) => Type(Encoding.UTF8.GetBytes(line + "\r\n")).SingleOrDefault();

    /// <summary>Types these bytes; what the device answers.</summary>
    public List<string> Type(byte[] bytes)
    {
        List<string> answers = [.. bytes.Select(_console.Take).OfType<string>()];
        Heard.AddRange(answers);
        return answers;
    }

    /// <summary>Pastes lines; what the device answers.</summary>
    public List<string> Paste(string text) => Type(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n") + "\r\n"));

    /// <summary>The settings that count after the next start.</summary>
    public DeviceSettings Kept() => new(Files.AfterPowerCut());

    private static bool IsCertificate(string pem)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPem(pem);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=radio.example.vn", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return made.ExportCertificatePem();
    }
}
