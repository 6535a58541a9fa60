using SmartRadio.Testing.Processes;

namespace SmartRadio.Mqtt.Tests.Setting;

/// <summary>One of the brokers that a link must work with alike. It can be killed and started again on its port.</summary>
internal sealed class AnyBroker : IAsyncDisposable
{
    private readonly MosquittoProcess? _mosquitto;
    private TestBroker? _embedded;

    private AnyBroker(MosquittoProcess? mosquitto, TestBroker? embedded) =>
        (_mosquitto, _embedded, Port) = (mosquitto, embedded, mosquitto?.Port ?? embedded!.Port);

    /// <summary>Their names, for a theory.</summary>
    public static TheoryData<string> All => ["embedded", "mosquitto"];

    public int Port { get; }

    public static async Task<AnyBroker> StartAsync(string name) => name == "mosquitto"
        ? new AnyBroker(await MosquittoProcess.StartAsync(), null)
        : new AnyBroker(null, await TestBroker.StartAsync());

    /// <summary>One that lets in the account "u" with the password "p", and not <see cref="TestAccess.Stranger"/>.</summary>
    public static async Task<AnyBroker> StartWithAccountsAsync(string name)
    {
        var setting = new MosquittoSetting { Accounts = new Dictionary<string, string>(StringComparer.Ordinal) { ["u"] = "p" } };
        return name == "mosquitto" ? new AnyBroker(await MosquittoProcess.StartAsync(setting), null) : await StartAsync(name);
    }

    public async Task StopAsync()
    {
        if (_mosquitto is not null)
        {
            await _mosquitto.KillAsync();
        }

        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
            _embedded = null;
        }
    }

    public async Task StartAgainAsync()
    {
        if (_mosquitto is not null)
        {
            await _mosquitto.StartAgainAsync();
        }
        else
        {
            _embedded = await TestBroker.StartAsync(options => options.Port = Port);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_mosquitto is not null)
        {
            await _mosquitto.DisposeAsync();
        }

        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
        }
    }
}
