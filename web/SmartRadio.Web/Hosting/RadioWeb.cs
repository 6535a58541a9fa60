using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Web.Demo;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Metrics;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Shared.Repeats;
using SmartRadio.Web.SignIn;
using SmartRadio.Web.Streaming;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Hosting;

/// <summary>What the web adds to the controller: services, the way of a request, and its ends.</summary>
internal static class RadioWeb
{
    /// <summary>Fields of a form beside the ids that it names.</summary>
    private const int OtherFields = 1024;

    public static void AddRadioWeb(this IServiceCollection services)
    {
        services.AddTexts();
        services.AddSignIn();
        services.AddApi();
        services.AddLive();
        services.AddDemo();
        services.AddRadioHealth();
        services.AddRazorComponents();
        services.AddOptions<RazorComponentsServiceOptions>().Configure<IOptions<LimitOptions>>(
            static (pages, limits) => pages.MaxFormMappingCollectionSize = limits.Value.Ids + 1);
        services.AddResponseCompression();
        services.AddSingleton<FlashMessage>();
        services.AddSingleton<RequestsAtWork>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<UploadPlaces>();
        services.AddSingleton<Greeting>();
        services.AddSingleton<HtmlEncoder, ShownText>();
        foreach (var room in RoomList.All)
        {
            room.AddServices(services);
            room.Places.ToList().ForEach(place => services.AddSingleton(place));
            room.Islands.ToList().ForEach(island => services.AddSingleton(island));
            room.Banners.ToList().ForEach(banner => services.AddSingleton(banner));
            room.BulletinCards.ToList().ForEach(card => services.AddSingleton(card));
        }

        services.AddOptions<FormOptions>().Configure<IOptions<BulletinOptions>, IOptions<LimitOptions>>(
            static (form, bulletins, limits) =>
            {
                form.ValueLengthLimit = (int)BodyLimit.Usual;
                form.MultipartBodyLengthLimit = BodyLimit.WithSound(bulletins.Value);
                // A form may name as many areas and nodes as a request, beside its other fields.
                form.ValueCountLimit = limits.Value.Ids + OtherFields;
            });
    }

    public static void UseRadioWeb(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseSecurityHeaders();
        app.UseHostCookies();
        app.UseRequestLocalization();
        app.UseSecureTransport();
        app.UseAttemptLog();
        app.UsePageCompression();
        app.UseFaults();
        app.UseBodyEncoding();
        app.UseRouting();
        app.Use(Arrivals.EnterAsync);
        app.UseBodyLimit();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCallerAddress();
        app.UseSignInGates();
        app.UseRights();
        app.UseQueryCheck();
        app.Use(Arrivals.LeaveAsync);
        app.Use(UploadPlaces.ReceiveAsync);
        app.UseFormTokens();
        app.UseRepeatedFields();
        app.UseOneTimeForms();
        app.UseIdempotencyKeys();
        app.Use(DrawnRequests.DrawAsync);
    }

    public static void MapRadioWeb(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRadioHealth();
        app.MapRadioMetrics();
        app.MapLive();
        var (api, forms) = (app.MapApi(), app.MapFormPosts());
        forms.MapLanguage();
        foreach (var room in RoomList.All)
        {
            room.MapApi(api);
            room.MapForms(forms);
            room.MapFiles(app);
        }

        app.MapRazorComponents<App>();
    }
}
