namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>What is read from a <c>#!</c> line; its parameters are the properties of the inheriting class.</summary>
public abstract class KernelDirectiveCommand : KernelCommand { }
