namespace Microsoft.DotNet.Interactive;

/// <summary>Implemented by a package's library in <c>interactive-extensions/dotnet</c>; called when a notebook
/// references the package.</summary>
public interface IKernelExtension
{
    /// <summary>Adds the package's extensions to the session.</summary>
    /// <param name="kernel">The session's kernel.</param>
    /// <returns>A task that ends when it is done.</returns>
    Task OnLoadAsync(Kernel kernel);
}
