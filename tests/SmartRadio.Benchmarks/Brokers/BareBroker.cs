using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartRadio.Mqtt.Broker;

namespace SmartRadio.Benchmarks.Brokers;

/// <summary>The embedded broker alone in this process, until it is told to stop.</summary>
internal static class BareBroker
{
    /// <param name="port">On loopback.</param>
    /// <returns>0, or 1 when it could not listen.</returns>
    public static async Task<int> RunAsync(int port)
    {
        var options = Options.Create(new EmbeddedBrokerOptions { Port = port });
        await using var broker = new EmbeddedBroker(options, new OpenAccess(), NullLoggerFactory.Instance);
        try
        {
            await broker.StartAsync(CancellationToken.None);
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        await Console.Out.WriteLineAsync($"listening {broker.EndPoint!.Port}");
        var stop = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        _ = Task.Run(TellLiveBytes);
        await stop.Task;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await broker.StopAsync(limit.Token);
        return 0;

        // One line for each line asked; a closed input asks nothing.
        static void TellLiveBytes()
        {
            while (Console.In.ReadLine() is not null)
            {
                Console.Out.WriteLine(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
            }
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }
}
