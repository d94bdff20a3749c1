using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.TestPrograms;

[assembly: AssemblyFixture(typeof(ThisProgram))]

namespace RnnCourse.Jupyter.Tests;

/// <summary>Lets this test program also be a kernel, so that the tests speak with real processes.</summary>
internal static class KernelProgram
{
    public const string Command = "be-the-kernel";
    private const string SessionCommandName = "run-session";

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "The test framework owns the entry point; this is the way to come before it."
    )]
    internal static void RunAsKernelIfAsked()
    {
        if (Environment.GetCommandLineArgs() is [_, SessionCommandName, .. var rest])
        {
            Environment.Exit(SessionProgram.RunAsync(rest).GetAwaiter().GetResult());
        }

        if (Environment.GetCommandLineArgs() is not [_, Command, var connectionFile])
        {
            return;
        }

        var log = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
        var kernel = new JupyterKernel(
            new KernelOptions(connectionFile, SessionCommand.OfThisProgram(SessionCommandName)),
            log.WriteLine
        );
        kernel.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        kernel.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Environment.Exit(0);
    }
}
