namespace Microsoft.DotNet.Interactive;

/// <summary>A kernel above others, which a session doesn't have: for extensions that ask whether they were given
/// one.</summary>
public sealed class CompositeKernel : Kernel
{
    private CompositeKernel()
        : base(".NET") { }
}

/// <summary>What shows code of another language, such as a diagram in Mermaid.</summary>
internal sealed class ShowingKernel(string name, Kernel root) : Kernel(name, root);
