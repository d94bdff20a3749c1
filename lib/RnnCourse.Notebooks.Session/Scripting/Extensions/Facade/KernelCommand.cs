namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>What is read from a line; extensions inherit from it.</summary>
/// <param name="targetKernelName">The kernel that is meant; null for the session's.</param>
public abstract class KernelCommand(string? targetKernelName = null)
{
    /// <summary>The kernel that is meant; null for the session's.</summary>
    public string? TargetKernelName { get; internal set; } = targetKernelName;
}

/// <summary>Code to be run in the session.</summary>
/// <param name="code">The code, as in a cell.</param>
/// <param name="targetKernelName">The kernel that is meant; null for the session's.</param>
public class SubmitCode(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    /// <summary>The code, as in a cell.</summary>
    public string Code { get; } = code;
}
