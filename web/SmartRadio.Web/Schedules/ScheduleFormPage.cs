using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Schedules;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Schedules;

/// <summary>
/// A page with the fields of a schedule. What is sent is worked out first and saved when it comes again unchanged, so that
/// nobody saves what he has not seen.
/// </summary>
public abstract class ScheduleFormPage : FormPage
{
    [Inject]
    private BulletinQuery Bulletins { get; set; } = null!;

    [Inject]
    private PreviewSchedule Preview { get; set; } = null!;

    [Inject]
    private MyGrants Rights { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ScreenText> Words { get; set; } = null!;

    [SupplyParameterFromForm(Name = "areas")]
    public string[]? Areas { get; set; }

    [SupplyParameterFromForm(Name = "nodes")]
    public string[]? Nodes { get; set; }

    [SupplyParameterFromForm(Name = "groups")]
    public string[]? Groups { get; set; }

    [SupplyParameterFromForm(Name = "weekdays")]
    public string[]? Weekdays { get; set; }

    [SupplyParameterFromForm(Name = "times")]
    public string[]? Times { get; set; }

    [SupplyParameterFromForm(Name = "pause-from")]
    public string[]? PauseFrom { get; set; }

    [SupplyParameterFromForm(Name = "pause-to")]
    public string[]? PauseTo { get; set; }

    /// <summary>The bulletins that may be scheduled.</summary>
    protected IReadOnlyList<BulletinRow> Offered { get; private set; } = [];

    /// <summary>What the schedule would do, once it was asked.</summary>
    protected ScheduleOutlook? Outlook { get; private set; }

    protected ScheduleInput Values { get; private set; } = new();

    /// <summary>The fields as the page is first opened.</summary>
    protected abstract Task<ScheduleInput> FirstAsync();

    protected override async Task OnInitializedAsync()
    {
        Values = Field("recurrence") is null ? await FirstAsync() : Sent();
        Offered = await BulletinChoice.WithWaitingAsync(Bulletins, await Rights.SeenAsync(Cancel), Values.Bulletin, Cancel);
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private ScheduleInput Sent() => new()
    {
        Bulletin = Field("bulletin"),
        Class = Field("class"),
        Areas = Areas ?? [],
        Nodes = Nodes ?? [],
        Groups = Groups ?? [],
        Rhythm = Field("recurrence"),
        Weekdays = Weekdays ?? [],
        From = Field("from"),
        Times = [.. (Times ?? []).Where(text => !string.IsNullOrEmpty(text))],
        Holidays = Field("holidays"),
        Until = Field("until"),
        Count = Field("count"),
        Repeats = Field("repeats"),
        Distance = Field("distance"),
        Order = Field("order"),
        Twice = Field("twice"),
        PauseFrom = PauseFrom ?? [],
        PauseTo = PauseTo ?? [],
    };

    /// <summary>Shows what the fields would do; or saves it, when that was seen.</summary>
    /// <param name="replaces">A schedule that it takes the place of, or null.</param>
    /// <param name="save">Saves it.</param>
    protected async Task SaveAsync(long? replaces, Func<ScheduleRequest, Task<Schedule>> save)
    {
        if (AudiencePicker.IsSearch(Field("look")))
        {
            return;
        }

        var isSeen = Field("seen") == Values.Mark && Field("look") is null;
        Schedule? saved = null;
        var isDone = await TryAsync(
            async () =>
            {
                var request = Values.ToRequest();
                if (isSeen)
                {
                    saved = await save(request);
                }
                else
                {
                    Outlook = await Preview.HandleAsync(request, replaces, Actor, Cancel);
                }
            },
            keepsText: !isSeen);
        if (isSeen && !isDone)
        {
            // What it would do stands there still, and what is asked about it.
            await TryAsync(
                async () => Outlook = await Preview.HandleAsync(Values.ToRequest(), replaces, Actor, Cancel), keepsText: true);
        }

        if (isDone && saved is not null)
        {
            GoTo(string.Create(CultureInfo.InvariantCulture, $"/schedules/{saved.Id}"), Words["Schedule.Created"]);
        }
    }
}
