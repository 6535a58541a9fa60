using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Clock;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.Delivery;
using SmartRadio.Controller.Drafts;
using SmartRadio.Controller.Groups;
using SmartRadio.Controller.Lexicon;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.Objects;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Programmes;
using SmartRadio.Controller.Releases;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Storage;
using SmartRadio.Controller.Templates;

namespace SmartRadio.Controller;

/// <summary>Puts the controller together; the web host and the tests call the same method.</summary>
public static class ControllerServices
{
    public static IServiceCollection AddRadioController(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(configuration);
        services.AddRoomOptions<RadioOptions>();
        services.AddRoomOptions<LimitOptions>(LimitOptions.Section);
        services.AddSingleton<LocalTime>();
        var isBrokerEmbedded = configuration[$"{MqttOptions.Section}:{nameof(MqttOptions.Host)}"] is null;
        services.AddStorage().AddChanges().AddClock().AddObjects().AddAreas().AddPeople().AddLexicon().AddTemplates().AddDrafts()
            .AddBulletins().AddProgrammes().AddAccess().AddLink(isBrokerEmbedded).AddNodes().AddEnrolment().AddGroups()
            .AddBroadcasts().AddReleases().AddDelivery().AddSchedules().AddComplaints();
        return services;
    }
}
