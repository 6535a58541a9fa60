using SmartRadio.Web.Areas;
using SmartRadio.Web.Audit;
using SmartRadio.Web.Broadcasts;
using SmartRadio.Web.Bulletins;
using SmartRadio.Web.Clock;
using SmartRadio.Web.Complaints;
using SmartRadio.Web.Drafts;
using SmartRadio.Web.Groups;
using SmartRadio.Web.Home;
using SmartRadio.Web.Keys;
using SmartRadio.Web.Lexicon;
using SmartRadio.Web.Mail;
using SmartRadio.Web.Nodes;
using SmartRadio.Web.People;
using SmartRadio.Web.Programmes;
using SmartRadio.Web.Releases;
using SmartRadio.Web.Schedules;
using SmartRadio.Web.Shared;
using SmartRadio.Web.SignIn;
using SmartRadio.Web.Templates;

namespace SmartRadio.Web.Hosting;

/// <summary>The rooms, in the order of the menu.</summary>
internal static class RoomList
{
    public static IReadOnlyList<Room> All { get; } =
    [
        new HomeRoom(),
        new BulletinsRoom(),
        new ProgrammesRoom(),
        new BroadcastsRoom(),
        new SchedulesRoom(),
        new NodesRoom(),
        new ComplaintsRoom(),
        new AreasRoom(),
        new LexiconRoom(),
        new TemplatesRoom(),
        new DraftsRoom(),
        new GroupsRoom(),
        new PeopleRoom(),
        new KeysRoom(),
        new ReleasesRoom(),
        new AuditRoom(),
        new ClockRoom(),
        new MailRoom(),
        new SignInRoom(),
    ];
}
