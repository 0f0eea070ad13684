namespace ContainerManager.Core.Dispatching;

/// <summary>What to do with the object of a task that goes back to waiting.</summary>
public enum ReturnAction
{
    /// <summary>The object is nowhere: its owner took it away.</summary>
    Forget,

    /// <summary>It is under <c>input/</c> already.</summary>
    WaitInInput,

    /// <summary>Move it from <c>processing/</c> to <c>input/</c>.</summary>
    MoveToInput,

    /// <summary>It is in both places after an unfinished move: the copy under <c>processing/</c> goes.</summary>
    DropProcessing,

    /// <summary>A newer object has its place under <c>input/</c>: it waits under <c>processing/</c>.</summary>
    WaitInProcessing,
}

/// <summary>Finds where a task that was not finished goes, from where its object is found.</summary>
public static class ReturnRules
{
    /// <summary>Decides.</summary>
    /// <param name="inInput">An object of its name is under <c>input/</c>.</param>
    /// <param name="inProcessing">Its object is under <c>processing/</c>.</param>
    /// <param name="same">Whether both are the same object; only asked where there are both.</param>
    public static ReturnAction Decide(bool inInput, bool inProcessing, bool same) => (inInput, inProcessing) switch
    {
        (false, false) => ReturnAction.Forget,
        (true, false) => ReturnAction.WaitInInput,
        (false, true) => ReturnAction.MoveToInput,
        (true, true) => same ? ReturnAction.DropProcessing : ReturnAction.WaitInProcessing,
    };
}
