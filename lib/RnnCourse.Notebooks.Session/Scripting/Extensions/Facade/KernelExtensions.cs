using Microsoft.DotNet.Interactive.Commands;
using RnnCourse.Notebooks.Metadata;

namespace Microsoft.DotNet.Interactive;

/// <summary>What extensions ask of a kernel. A session has no kernels below its own.</summary>
public static class KernelExtensions
{
    /// <summary>Finds a kernel by its name.</summary>
    /// <param name="kernel">Where to begin.</param>
    /// <param name="name">The name.</param>
    /// <returns>The kernel; null if this engine doesn't have it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Kernel? FindKernelByName(this Kernel kernel, string name)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(name);
        return CellLanguages.Find(name) switch
        {
            null => null,
            CellLanguage.CSharp => kernel.RootKernel,
            _ => new ShowingKernel(name, kernel.RootKernel),
        };
    }

    /// <summary>Finds the kernels for which something holds.</summary>
    /// <param name="kernel">Where to begin.</param>
    /// <param name="predicate">What must hold.</param>
    /// <returns>The kernel, or none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public static IEnumerable<Kernel> FindKernels(this Kernel kernel, Func<Kernel, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return predicate(kernel) ? [kernel] : [];
    }

    /// <summary>Does something with each kernel below this one: with none.</summary>
    /// <param name="kernel">Where to begin.</param>
    /// <param name="onVisit">What to do.</param>
    public static void VisitSubkernels(this Kernel kernel, Action<Kernel> onVisit) { }

    /// <summary>Does something with this kernel, and with each below it.</summary>
    /// <param name="kernel">Where to begin.</param>
    /// <param name="onVisit">What to do.</param>
    /// <exception cref="ArgumentNullException"><paramref name="onVisit"/> is null.</exception>
    public static void VisitSubkernelsAndSelf(this Kernel kernel, Action<Kernel> onVisit)
    {
        ArgumentNullException.ThrowIfNull(onVisit);
        onVisit(kernel);
    }

    /// <summary>As <see cref="Kernel.SendAsync"/>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="code">The code.</param>
    /// <returns>That the code was taken.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    public static Task<KernelCommandResult> SubmitCodeAsync(this Kernel kernel, string code)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.SendAsync(new SubmitCode(code));
    }
}
