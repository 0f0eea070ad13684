using Microsoft.AspNetCore.Mvc;

namespace GridcoinDevnet.Testing;

/// <summary>For tests: <c>GET</c>, <c>POST</c> and <c>DELETE /faults</c>; <c>GET</c> and <c>DELETE /calls</c>.</summary>
internal static class FaultEndpoints
{
    public static void MapFaults(this WebApplication app)
    {
        app.MapGet("/calls", (CallCounts counts) => counts.Figures);
        app.MapDelete("/calls", (CallCounts counts) => counts.Reset());
        app.MapGet("/faults", (FaultPlan plan) => plan.Remaining);
        app.MapDelete("/faults", (FaultPlan plan) => plan.Clear());
        app.MapPost("/faults", ([FromBody] Fault fault, FaultPlan plan) =>
        {
            if (fault.Times < 1 || fault.DelayMilliseconds < 0 || fault.Status is < 200 or > 599)
            {
                return Results.Problem("times must be at least 1, delay_milliseconds at least 0, status 200 to 599.", statusCode: 400);
            }

            plan.Add(fault);
            return Results.Ok(plan.Remaining);
        });
    }
}
