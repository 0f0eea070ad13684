using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Client;
using ServiceDefaults.Metrics;

namespace ServiceDefaults;

/// <summary>What every service has in common: logging, JSON, problem details, token, health, exit status.</summary>
public static class PlatformHost
{
    /// <summary>Exit status of a service whose configuration is wrong (EX_CONFIG of sysexits.h): restarting cannot help.</summary>
    public const int ConfigurationExitStatus = 78;

    /// <summary>Settings are read once. The host would watch the working directory otherwise, whatever that is and however much is written there.</summary>
    private static readonly string[] NoWatching = ["--hostBuilder:reloadConfigOnChange=false"];

    /// <summary>A web application builder that listens as <paramref name="api"/> says.</summary>
    public static WebApplicationBuilder CreateBuilder(ApiOptions api)
    {
        ArgumentNullException.ThrowIfNull(api);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = NoWatching });
        builder.WebHost.UseUrls(api.Listen!.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders()
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            })
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting", LogLevel.Warning)
            .AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddPlatformMetrics();
        builder.Services.AddProblemDetails();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
            ApiJson.Configure(json.SerializerOptions, JsonUnmappedMemberHandling.Disallow));
        return builder;
    }

    /// <summary>Adds what stands in front of a service's own endpoints; call before mapping them.</summary>
    public static WebApplication UsePlatformDefaults(this WebApplication app, ApiOptions api, string service)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(api);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = WriteProblemAsync,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        if (api.ReadToken() is { } token)
        {
            app.UseBearerToken(token, api.MetricsNeedToken);
        }

        app.StartMetrics(service);
        app.MapHealth(service);
        app.MapMetrics();
        return app;
    }

    /// <summary>Runs a service's main function; a wrong configuration, and a port that is taken, is told without a stack trace.</summary>
    public static async Task<int> RunAsync(string service, Func<Task> main)
    {
        ArgumentNullException.ThrowIfNull(main);
        try
        {
            await main().ConfigureAwait(false);
            return 0;
        }
        catch (InvalidConfigurationException e)
        {
            await Console.Error.WriteLineAsync($"{service}: {e.Message}").ConfigureAwait(false);
            return ConfigurationExitStatus;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{service}: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private static Task WriteProblemAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var result = error is BadHttpRequestException bad
            ? Results.Problem(Explain(bad), statusCode: bad.StatusCode, title: "Bad request")
            : Results.Problem("The service failed on this request; its log has the reason.", statusCode: StatusCodes.Status500InternalServerError);
        return result.ExecuteAsync(context);
    }

    private static string Explain(BadHttpRequestException error) =>
        error.InnerException is JsonException json ? $"The request's JSON is not as expected: {json.Message}" : error.Message;
}
