namespace Scaler.Cgroups;

/// <summary>How short of memory a cgroup has been since it was made.</summary>
/// <param name="Events">How often it ran into a memory limit of its own; the kernel then takes cache back first.</param>
/// <param name="StalledMicroseconds">How long any of its processes waited for memory; 0 where the kernel does not tell (version 1, or psi=0).</param>
internal readonly record struct MemoryPressure(long Events, long StalledMicroseconds);
