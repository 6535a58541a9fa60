using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;

namespace SmartRadio.Controller.Nodes.Enrolment;

internal static class EnrolmentServices
{
    public static IServiceCollection AddEnrolment(this IServiceCollection services) => services
        .AddRoomOptions<EnrolmentOptions>()
        .AddSingleton<EnrolNode>()
        .AddSingleton<EnrolmentCodeHash>()
        .AddSingleton<MakeEnrolmentCode>()
        .AddSingleton<RedeemEnrolmentCode>()
        .AddSingleton<RevokedCodes>()
        .AddPart<NodeKeysChanged, RevokedCodes>();
}
