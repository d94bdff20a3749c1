using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.TestPrograms;
using RnnCourse.Web.Documents;
using RnnCourse.Web.Serving;

[assembly: AssemblyFixture(typeof(ThisProgram))]

namespace RnnCourse.Web.Tests;

/// <summary>Lets this test program also be the program of a session, and a server that can be killed.</summary>
internal static class TestedProgram
{
    public const string ServerCommand = "be-the-server";
    private const string SessionCommandName = "run-session";

    public static SessionCommand Session => new(ThisProgram.Path, [SessionCommandName]);

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "The test framework owns the entry point; this is the way to come before it."
    )]
    internal static void RunIfAsked()
    {
        switch (Environment.GetCommandLineArgs())
        {
            case [_, SessionCommandName, .. var rest]:
                Environment.Exit(SessionProgram.RunAsync(rest).GetAwaiter().GetResult());
                break;
            case [_, ServerCommand, var folder, var state]:
                ServeAsync(folder, state).GetAwaiter().GetResult();
                break;
        }
    }

    private static async Task ServeAsync(string folder, string state)
    {
        // Not with a static list of this module: this code runs in the module's initializer, and until it ends no other
        // thread may access the module.
        var session = SessionCommand.OfThisProgram(SessionCommandName);
        await using var server = await NotebookServer.StartAsync(
            new NotebookServerOptions(new FolderNotebooks(folder), session, state)
        );
        Console.WriteLine(server.AddressOf());

        // It ends with the test program, also when that is killed. An orderly end would wait for this initializer.
        _ = await Console.In.ReadToEndAsync();
        Process.GetCurrentProcess().Kill();
    }
}
