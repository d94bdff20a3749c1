namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>A command read from a <c>#!</c> line; its parameters are the properties of the derived class.</summary>
public abstract class KernelDirectiveCommand : KernelCommand { }
