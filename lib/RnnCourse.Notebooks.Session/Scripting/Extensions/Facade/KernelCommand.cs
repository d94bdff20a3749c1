namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>What is read from a line; extensions inherit from it.</summary>
public abstract class KernelCommand { }
