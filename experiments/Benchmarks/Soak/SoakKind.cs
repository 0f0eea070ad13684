namespace Benchmarks.Soak;

/// <summary>Kinds of tasks.</summary>
internal enum SoakKind
{
    /// <summary>Does nothing.</summary>
    True,

    /// <summary>Computes for 100 to 400 ms.</summary>
    Burn,

    /// <summary>Writes files in nested folders.</summary>
    Tree,

    /// <summary>Fails the first time.</summary>
    Retry,

    /// <summary>Fails every time.</summary>
    Fail,

    /// <summary>Prints what is no UTF-8.</summary>
    Bytes,

    /// <summary>Leaves a process behind that goes on writing.</summary>
    Daemon,

    /// <summary>Has a name that is made to be mistaken.</summary>
    Name,
}
