namespace ContainerManager.Core.KeepWarm;

/// <summary>Says from a function's idle times when its idle container is up.</summary>
public interface IKeepWarmRule
{
    /// <summary>The window for the next idle time.</summary>
    WarmWindow Decide(IdleHistogram history);
}
