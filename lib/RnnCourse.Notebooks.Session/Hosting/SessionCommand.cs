using System.Reflection;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>How to start a process that runs cells: a program that passes its further arguments to <see
/// cref="SessionProgram.RunAsync"/>.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Arguments that make it a session; the host adds its own after them.</param>
public sealed record SessionCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The running program itself, started with a command that makes it a session.</summary>
    /// <param name="command">The program's (hidden) command.</param>
    /// <returns>How to start it.</returns>
    /// <exception cref="InvalidOperationException">The path of the running program is not known.</exception>
    public static SessionCommand OfThisProgram(string command)
    {
        var program =
            Environment.ProcessPath
            ?? throw new InvalidOperationException("The path of the running program is not known.");

        // Started as 'dotnet rnn.dll', the program is dotnet, and needs the library's name.
        return Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new SessionCommand(program, [Assembly.GetEntryAssembly()!.Location, command])
            : new SessionCommand(program, [command]);
    }
}
