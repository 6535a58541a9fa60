using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Virtual.Faults;

/// <summary>Lets faults befall the nodes of a fleet, at their times or as somebody types them.</summary>
/// <param name="hosts">The nodes.</param>
/// <param name="broker">Where a thief connects.</param>
/// <param name="time">When.</param>
/// <param name="say">Takes a line for each thing that happened.</param>
internal sealed class FaultHandler(IReadOnlyList<NodeHost> hosts, BrokerAddress broker, TimeProvider time, Action<string> say)
{
    private const double WetLine = 0.1;
    private const double OpenLine = 2.2;
    private const string Idle = "it does not run";

    /// <summary>
    /// Whom a thief goes for when the stolen node is the only one here: the broker goes by ids, and need not know this one.
    /// </summary>
    private static readonly FleetNode Elsewhere = new(
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "another node", new byte[WireSizes.KeyLength]);

    /// <summary>Lets each fault happen at its time.</summary>
    public Task RunAsync(IEnumerable<Fault> faults, CancellationToken cancellationToken) =>
        Task.WhenAll(faults.Select(async fault =>
    {
        await Task.Delay(fault.After, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancellationToken.IsCancellationRequested)
        {
            await TellAsync(fault, cancellationToken);
        }
    }));

    /// <summary>
    /// Carries out a typed line, or says what is wrong with it. A thief takes his time: what is typed next does not wait for him.
    /// </summary>
    public async Task TypedAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            var fault = Fault.Parse(line).Checked(hosts.Count);
            var happening = TellAsync(fault, cancellationToken);
            await (fault.Kind == FaultKind.Steal ? Task.CompletedTask : happening);
        }
        catch (FleetException problem)
        {
            say(problem.Message);
        }
    }

    private async Task TellAsync(Fault fault, CancellationToken cancellationToken)
    {
        try
        {
            await HappenAsync(fault, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task HappenAsync(Fault fault, CancellationToken cancellationToken)
    {
        var host = hosts[fault.Node - 1];
        var obstacle = default(string);
        switch (fault.Kind)
        {
            case FaultKind.Unplug:
                obstacle = host.HasPower ? null : "it has no power";
                await host.UnplugAsync();
                break;
            case FaultKind.Plug:
                obstacle = host.HasPower ? "it has power" : null;
                host.Plug();
                break;
            case FaultKind.Cut:
            case FaultKind.Mend:
                obstacle = host.CutCable(fault.Kind == FaultKind.Cut) ? null : Idle;
                break;
            case FaultKind.Wet:
                host.SetLine(WetLine);
                break;
            case FaultKind.Open:
                host.SetLine(OpenLine);
                break;
            case FaultKind.Dry:
                host.SetLine(1);
                break;
            case FaultKind.Stop:
                obstacle = host.PressStop() ? null : Idle;
                break;
            case FaultKind.Steal:
                var victim = hosts.Count > 1 ? hosts[fault.Node % hosts.Count].Node : Elsewhere;
                foreach (var line in await new SecretThief(host.Node, victim, broker, time).TryAsync(cancellationToken))
                {
                    say($"thief: {line}");
                }

                return;
        }

        say($"{host.Node.Name}: {fault.Kind.ToString().ToLowerInvariant()}{(obstacle is null ? "" : $" changes nothing, {obstacle}.")}");
    }
}
