using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Benchmarks.Brokers;

/// <summary>The broker alone, anonymous and with default limits, until it is told to stop.</summary>
internal static class BareBroker
{
    public static async Task<int> RunAsync(int port, string? store)
    {
        var everybody = new AllowAll();
        await using var broker = new MqttBroker(Options.Create(new MqttBrokerOptions { Port = port, StorePath = store }), everybody, everybody, NullLogger<MqttBroker>.Instance);
        try
        {
            await broker.StartAsync(CancellationToken.None);
        }
        catch (IOException e) when (e is MqttPortTakenException or MqttStoreException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        await Console.Out.WriteLineAsync($"listening {broker.EndPoint!.Port}");
        var stop = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        _ = Task.Run(TellWhatWasAllocated);
        await stop.Task;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await broker.StopAsync(limit.Token);
        return 0;

        // One line for each line asked; a closed input asks nothing.
        static void TellWhatWasAllocated()
        {
            while (Console.In.ReadLine() is not null)
            {
                Console.Out.WriteLine(GC.GetTotalAllocatedBytes(precise: true));
            }
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }
}
