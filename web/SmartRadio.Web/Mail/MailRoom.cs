using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Mail;

internal sealed class MailRoom : Room
{
    public override void AddServices(IServiceCollection services)
    {
        services.AddRoomOptions<MailOptions>(MailOptions.Section);
        services.AddSingleton<IValidateOptions<MailOptions>, Whole>();
        services.AddSingleton<MailSender>();
        services.AddHostedService<ApprovalMail>();
    }

    /// <summary>A server without a sender would send nothing, and nobody would notice.</summary>
    private sealed class Whole : IValidateOptions<MailOptions>
    {
        public ValidateOptionsResult Validate(string? name, MailOptions options) =>
            options.Host is null || options is { From: not null, Address.IsAbsoluteUri: true }
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"{MailOptions.Section}:Host needs {MailOptions.Section}:From and {MailOptions.Section}:Address, "
                    + "a whole address such as https://loa.example.vn.");
    }
}
