using Microsoft.DotNet.Interactive;

namespace RnnCourse.Interactive;

/// <summary>What .NET Interactive loads from the package: <c>#r "nuget: RnnCourse.Interactive"</c> runs it.</summary>
public sealed class CourseExtension : IKernelExtension
{
    /// <summary>Registers the formatters and the commands.</summary>
    /// <param name="kernel">The kernel in which the package is used.</param>
    /// <returns>A task that is done.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    public Task OnLoadAsync(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        PlotlyLibraries.Register();
        CourseFormatters.Register();
        CourseCommands.Register(kernel.RootKernel);
        return Task.CompletedTask;
    }
}
