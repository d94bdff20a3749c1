using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RnnCourse.Jupyter.Tests;

/// <summary>Lets this test program also be a kernel, so that the tests speak with a real process: cells own their
/// process's console.</summary>
internal static class KernelProgram
{
    public const string Command = "be-the-kernel";

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "The test framework owns the entry point; this is the way to come before it."
    )]
    internal static void RunAsKernelIfAsked()
    {
        if (Environment.GetCommandLineArgs() is not [_, Command, var connectionFile])
        {
            return;
        }

        var log = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
        var kernel = new JupyterKernel(new KernelOptions(connectionFile), log.WriteLine);
        kernel.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        kernel.Dispose();
        Environment.Exit(0);
    }
}
