using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Demo;

/// <summary>The bulletin that the demo has ready to be aired.</summary>
internal sealed class DemoBulletin(CreateBulletin createBulletin, ApproveBulletin approveBulletin, ILogger<DemoBulletin> logger)
{
    public const string Title = "Chào mừng đến với SmartRadio";

    private const string Text =
        "Đây là đài truyền thanh xã Thử Nghiệm. Xin kính chào bà con. Bản tin này được đọc bằng giọng máy và phát tới các cụm loa ảo.";

    /// <summary>Speaks and approves it.</summary>
    public async Task SpeakAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            var bulletin = await createBulletin.FromTextAsync(
                new SpeechRequest(Title, Text, "north"), actor, null, cancellationToken);
            await approveBulletin.HandleAsync(bulletin.Id, actor, null, cancellationToken);
        }
        catch (RefusedException refused)
        {
            // Areas and nodes are worth having without it; a bulletin can be made on the page.
            logger.LogWarning("The demo bulletin was not made: {Refusal}", refused.Refusal);
        }
    }
}
