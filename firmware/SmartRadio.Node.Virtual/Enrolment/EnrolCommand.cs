using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Hardware;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Virtual.Enrolment;

/// <summary>smartradio-node enrol: redeems a code for a node's identity, as a device does in its first minutes.</summary>
internal static class EnrolCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        var url = Switches.Text("--url", "The controller's address as the enrolment page shows it.", isRequired: true);
        var code = Switches.Text("--code", "The code of the enrolment page.", isRequired: true);
        var data = Switches.Text(
            "--data", "Folder that becomes the node's; afterwards: smartradio-node run --data DATA.", isRequired: true);
        var command = new Command("enrol", "Become the node of an enrolment code.") { url, code, data };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetValue(url)!, result.GetValue(code)!, result.GetValue(data)!, cancellationToken));
        return command;
    }

    /// <summary>Redeems the code and keeps what it gets.</summary>
    /// <exception cref="FleetException">It was not done; the sentence says why.</exception>
    public static async Task<int> RunAsync(string url, string code, string data, CancellationToken cancellationToken)
    {
        var file = NodeFile.In(data);
        var address = AddressOf(url);
        var asked = TypedCode.Parse(code);
        // Before the code is spent: what cannot be kept would be lost.
        using var folder = await LockedFolder.UseAsync(data, TimeProvider.System, cancellationToken);
        if (Path.Exists(file))
        {
            throw new FleetException($"{file} is there already: this folder belongs to a node.");
        }

        var (broker, node) = await RedeemAsync(address, asked, cancellationToken);
        try
        {
            NodeFile.Write(file, broker, node);
        }
        catch (Exception e) when (FileProblem.Is(e))
        {
            throw new FleetException(
                $"The code is spent, and its node could not be kept ({FileProblem.ReasonOf(e)}). Have a new code made on the node's page.");
        }

        Terminal.Say($"This is node {Hex.Encode(node.Id)} ({node.Name}) now. Run it with: smartradio-node run --data {data}");
        return 0;
    }

    private static Uri AddressOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? new Uri(address, "/api/v1/enrolments")
            : throw new FleetException($"'{url}' is no https address; plain http serves on this machine only.");

    private static async Task<(BrokerAddress Broker, FleetNode Node)> RedeemAsync(
        Uri address, TypedCode code, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        var isMistrusted = false;
        string? vouchedFor = null;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            var isTrusted = code.Fingerprint is null
                ? errors == SslPolicyErrors.None
                : certificate is X509Certificate2 shown && code.Vouches(shown);
            isMistrusted = !isTrusted;
            vouchedFor = isTrusted && code.Fingerprint is not null
                ? BrokerAddress.FingerprintOf((X509Certificate2)certificate!)
                : null;
            return isTrusted;
        };
        using var client = new HttpClient(handler) { Timeout = Patience };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "vi" ? "vi" : "en");
        try
        {
            using var answer = await client.PostAsJsonAsync(address, new { code = code.Letters }, cancellationToken);
            return answer.IsSuccessStatusCode
                ? (await ReadAsync<Given>(answer, cancellationToken))?.Whole(vouchedFor)
                    ?? throw new FleetException(
                        $"The answer of {address.Authority} is not whole, and the code may be spent. Have a new code made on the node's page.")
                : throw new FleetException((await ReadAsync<Problem>(answer, cancellationToken))?.Detail
                    ?? $"{address.Authority} answered {(int)answer.StatusCode}. Is it the controller, at the address of the enrolment page?");
        }
        catch (HttpRequestException) when (isMistrusted)
        {
            throw new FleetException(code.Fingerprint is null
                ? $"Nobody whom this system trusts vouches for the certificate of {address.Authority} under that name. If the enrolment page shows a longer code, "
                    + "give all of it: the rest tells the right certificate. If it does not, this may be another machine in its place."
                : $"The certificate of {address.Authority} is not the one of the code: this may be another machine in its place. "
                    + "If it was changed on purpose, make a new code.");
        }
        catch (HttpRequestException e)
            when (e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.InvalidResponse
                or HttpRequestError.ResponseEnded)
        {
            throw new FleetException(
                $"{address.Authority} does not answer as a controller ({Reason(e)}). Give the address of the enrolment page: its port is that of --tls-port, not the MQTT port.");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            // HttpClient lets a bare SocketException through when a connection breaks just after it was made.
            throw new FleetException($"{address.Authority} could not be asked ({Reason(e)}).");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FleetException($"{address.Authority} did not answer within {Patience.TotalSeconds} seconds.");
        }
    }

    /// <returns>Null when the body is something else.</returns>
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(await answer.Content.ReadAsByteArrayAsync(cancellationToken), Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The innermost words: those around them only say where to look.</summary>
    private static string Reason(Exception e) => e.GetBaseException().Message.TrimEnd('.');

    private sealed record Given(string? NodeId, string? Name, string? Secret, GivenBroker? Broker)
    {
        /// <summary>What a node needs; null when something of it is missing or impossible.</summary>
        /// <param name="certificate">Fingerprint of the controller's certificate that the code vouched for: its broker shows the
        /// same. Null when the system vouched.</param>
        public (BrokerAddress Broker, FleetNode Node)? Whole(string? certificate) =>
            Broker is { Host: not null }
                && new BrokerAddress(
                    Broker.Host, Broker.Port, Broker.Tls, Broker.Tls ? certificate : null) is { IsPossible: true } address
            && Hex.Decode(NodeId, WireSizes.NodeIdLength) is { } id && Hex.Decode(Secret, WireSizes.KeyLength) is { } secret
                ? (address, new FleetNode(id, Name ?? NodeId!, secret))
                : null;
    }

    private sealed record GivenBroker(string? Host, int Port, bool Tls = false);

    private sealed record Problem(string? Detail);
}
