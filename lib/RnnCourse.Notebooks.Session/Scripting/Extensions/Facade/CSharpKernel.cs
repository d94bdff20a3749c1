namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>The kernel of a session, for extensions that look for the one for C#.</summary>
public sealed class CSharpKernel : Kernel
{
    internal CSharpKernel()
        : base("csharp") { }
}
