using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRadio.Controller.Access.Attempts;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.SignIn;

/// <summary>Who may come in: people by a cookie on pages, programs by a key on the API.</summary>
internal static class SignInServices
{
    /// <summary>Query parameter of the sign-in page: where to go then.</summary>
    public const string BackParameter = "back";

    /// <summary>Query parameter of the sign-in page: a form was sent after the session had ended.</summary>
    public const string EndedParameter = "ended";

    /// <summary>Name of the rate limit that guards the sign-in form.</summary>
    public const string RateLimit = "sign-in";

    /// <summary>Keys below /api, cookies elsewhere: also where no such address exists.</summary>
    private const string ByPath = "by-path";

    private const int TriesPerMinute = 20;

    /// <summary>Of a language, by all people of one address.</summary>
    private const int ChoicesPerMinute = 120;

    private static readonly TimeSpan FirstStepLasts = TimeSpan.FromMinutes(5);

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<MyGrants>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<ChangedPeople>();
        services.AddReaction<PersonChanged, ChangedPeople>();
        services.AddSingleton<KnownDevice>();
        services.AddScoped<RecentProof>();
        services.AddSingleton<IWatcherSession, WatcherSession>();
        services.AddScoped<PersonSignIn>();
        services.AddScoped<SignInManager<Person>>(scope => scope.GetRequiredService<PersonSignIn>());
        services.AddScoped<ISecurityStampValidator, SessionValidator>();
        services.AddScoped<IUserClaimsPrincipalFactory<Person>, PersonClaims>();
        var authentication = services.AddAuthentication(ByPath);
        authentication.AddPolicyScheme(ByPath, null, scheme => scheme.ForwardDefaultSelector = static context =>
            ErrorHandling.IsApi(context) ? ApiKeyAuthentication.Scheme : IdentityConstants.ApplicationScheme);
        authentication.AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(Harden);
            cookies.TwoFactorUserIdCookie!.Configure(HardenFirstStep);
        });
        authentication.AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, null);
        services.AddOptions<SecurityStampValidatorOptions>().Configure<TimeProvider>((stamps, time) =>
            (stamps.ValidationInterval, stamps.TimeProvider) = (ChangedPeople.Interval, time));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(
                ApiServices.KeyOnly,
                policy => policy.AddAuthenticationSchemes(ApiKeyAuthentication.Scheme).RequireAuthenticatedUser());
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = CookieNames.Form;
            // The token stands in the form alone: so the check reads the form, and no form comes through unread.
            options.HeaderName = null;
        });
        services.AddKeptKeys();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(RateLimit, context => PerCaller(context, TriesPerMinute));
            limiter.AddPolicy(LanguageSwitch.RateLimit, context => PerCaller(context, ChoicesPerMinute));
            limiter.OnRejected = static (rejected, _) =>
            {
                var http = rejected.HttpContext;
                if (http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimit)
                {
                    http.RequestServices.GetRequiredService<AttemptLedger>().Count(
                        new Attempt(Attempt.SignIn, string.Empty, CallerAddress.Of(http), Attempt.Paced));
                }

                return ValueTask.CompletedTask;
            };
        });
    }

    private static void Harden(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = CookieNames.Session;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = SessionStore.Longest;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/sign-in";
        cookie.ReturnUrlParameter = BackParameter;
        cookie.Events.OnValidatePrincipal = ChangedPeople.ValidateAsync;
        cookie.Events.OnSigningIn = SessionCookie.BeginAsync;
        cookie.Events.OnRedirectToLogin = GoToSignInAsync;
        // Pages lead on themselves, with a checked address.
        cookie.Events.OnRedirectToReturnUrl = static _ => Task.CompletedTask;
    }

    /// <summary>Holds who gave the right password until the second step, for <see cref="FirstStepLasts"/>.</summary>
    private static void HardenFirstStep(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = CookieNames.FirstStep;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = FirstStepLasts;
    }

    /// <summary>
    /// A form that came after the session had ended is lost: the way leads back to its page, which keeps what was typed.
    /// </summary>
    private static Task GoToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method))
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }

        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<RenewsSessionAttribute>() is not null)
        {
            context.Response.Redirect("/sign-in");
            return Task.CompletedTask;
        }

        var back = PressAgain.For(context.HttpContext) ?? request.Path + request.QueryString;
        context.Response.Redirect("/sign-in" + new QueryBuilder { { EndedParameter, "true" }, { BackParameter, back } });
        return Task.CompletedTask;
    }

    /// <summary>
    /// Keys that protect cookies and nodes' secrets live in the data folder, so that they are backed up and restored with it.
    /// </summary>
    internal static void AddKeptKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("SmartRadio");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder>((options, folder) =>
            options.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder.Keys), NullLoggerFactory.Instance));
    }

    private static RateLimitPartition<string> PerCaller(HttpContext context, int most) =>
        HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                context.RequestServices.GetRequiredService<KnownDevice>().CallerOf(context),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(string.Empty);
}
