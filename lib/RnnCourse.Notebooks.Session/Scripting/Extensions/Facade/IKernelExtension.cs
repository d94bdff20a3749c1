namespace Microsoft.DotNet.Interactive;

/// <summary>What a package's library in <c>interactive-extensions/dotnet</c> implements to be called where the package
/// is used.</summary>
public interface IKernelExtension
{
    /// <summary>Adds to the session what the package brings.</summary>
    /// <param name="kernel">The session's kernel.</param>
    /// <returns>A task that ends when it is done.</returns>
    Task OnLoadAsync(Kernel kernel);
}
