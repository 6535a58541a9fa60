using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Complaints;

internal static class ComplaintServices
{
    public static IServiceCollection AddComplaints(this IServiceCollection services) => services
        .AddSingleton<ComplaintRights>()
        .AddSingleton<NoteComplaint>()
        .AddSingleton<AnswerComplaint>()
        .AddSingleton<CloseComplaint>()
        .AddSingleton<ReopenComplaint>()
        .AddSingleton<SetPublicForm>()
        .AddSingleton<RenewComplaintAddress>()
        .AddSingleton<SendComplaint>()
        .AddSingleton<ComplaintQuery>()
        .AddSingleton<PoleQuery>()
        .AddSingleton<IAuditedIn, AuditedComplaints>()
        .AddHosted<CallerForgetter>();
}
