using Microsoft.DotNet.Interactive.Commands;
using RnnCourse.Notebooks.Metadata;

namespace Microsoft.DotNet.Interactive;

/// <summary>The extension methods that extensions call on a kernel. A session has no subkernels.</summary>
public static class KernelExtensions
{
    /// <summary>Finds a kernel by its name.</summary>
    /// <param name="kernel">The kernel at which to begin.</param>
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

    /// <summary>Finds the kernels that satisfy a condition.</summary>
    /// <param name="kernel">The kernel at which to begin.</param>
    /// <param name="predicate">The condition.</param>
    /// <returns>This kernel, or an empty sequence.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public static IEnumerable<Kernel> FindKernels(this Kernel kernel, Func<Kernel, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return predicate(kernel) ? [kernel] : [];
    }

    /// <summary>Visits the subkernels of this kernel; since there are none, does nothing.</summary>
    /// <param name="kernel">The kernel at which to begin.</param>
    /// <param name="onVisit">Called for each visited kernel.</param>
    public static void VisitSubkernels(this Kernel kernel, Action<Kernel> onVisit) { }

    /// <summary>Visits this kernel and its subkernels.</summary>
    /// <param name="kernel">The kernel at which to begin.</param>
    /// <param name="onVisit">Called for each visited kernel.</param>
    /// <exception cref="ArgumentNullException"><paramref name="onVisit"/> is null.</exception>
    public static void VisitSubkernelsAndSelf(this Kernel kernel, Action<Kernel> onVisit)
    {
        ArgumentNullException.ThrowIfNull(onVisit);
        onVisit(kernel);
    }

    /// <summary>As <see cref="Kernel.SendAsync"/>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="code">The code.</param>
    /// <returns>The accepted command.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    public static Task<KernelCommandResult> SubmitCodeAsync(this Kernel kernel, string code)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.SendAsync(new SubmitCode(code));
    }
}
