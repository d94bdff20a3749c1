using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.TestPrograms;

[assembly: AssemblyFixture(typeof(ThisProgram))]

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

/// <summary>Lets this test program also be the program of a session, so that tests start real
/// processes.</summary>
internal static class SessionProcessProgram
{
    private const string Command = "run-session";

    public static SessionCommand Start => new(ThisProgram.Path, [Command]);

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "The test framework owns the entry point; this is the way to come before it."
    )]
    internal static void RunAsSessionIfAsked()
    {
        if (Environment.GetCommandLineArgs() is [_, Command, .. var rest])
        {
            Environment.Exit(SessionProgram.RunAsync(rest).GetAwaiter().GetResult());
        }
    }
}
