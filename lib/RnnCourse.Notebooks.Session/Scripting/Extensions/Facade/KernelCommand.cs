namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>A command read from a line; extensions inherit from this class.</summary>
/// <param name="targetKernelName">The name of the target kernel; null for the session's.</param>
public abstract class KernelCommand(string? targetKernelName = null)
{
    /// <summary>The name of the target kernel; null for the session's.</summary>
    public string? TargetKernelName { get; internal set; } = targetKernelName;
}

/// <summary>Code to be run in the session.</summary>
/// <param name="code">The code, as in a cell.</param>
/// <param name="targetKernelName">The name of the target kernel; null for the session's.</param>
public class SubmitCode(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The code, as in a cell.</summary>
    public string Code { get; } = code;
}
