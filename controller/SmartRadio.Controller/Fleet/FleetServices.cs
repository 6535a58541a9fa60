using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Controller.Fleet;

internal static class FleetServices
{
    public static IServiceCollection AddFleet(this IServiceCollection services) => services
        .AddSingleton<NodeSecrets>()
        .AddSingleton<FleetBoard>()
        .AddSingleton<RefusalLedger>()
        .AddSingleton<NodeRefusals>()
        .AddSingleton<DataLedger>()
        .AddSingleton<FleetView>()
        .AddSingleton<EnrolNode>()
        .AddSingleton<MakeEnrolmentCode>()
        .AddSingleton<TradeEnrolmentCode>()
        .AddSingleton<KeyRotation>()
        .AddSingleton<RotateSecret>()
        .AddSingleton<RevokeNode>()
        .AddSingleton<SetVolume>()
        .AddSingleton<SetDataUse>()
        .AddSingleton<SendChime>()
        .AddSingleton<FleetRecorder>()
        .AddHostedService(provider => provider.GetRequiredService<FleetRecorder>());
}
