namespace Microsoft.DotNet.Interactive;

/// <summary>A kernel that contains others. A session doesn't have one; the type exists for extensions that check for
/// it.</summary>
public sealed class CompositeKernel : Kernel
{
    private CompositeKernel()
        : base(".NET") { }
}

/// <summary>Shows code of another language, such as a diagram in Mermaid.</summary>
internal sealed class ShowingKernel(string name, Kernel root) : Kernel(name, root);
