using System.Reflection;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>How to start a process that runs cells: a program that passes its further arguments to <see
/// cref="SessionProgram.RunAsync"/>.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">The arguments that start a session; the host appends its own.</param>
public sealed record SessionCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The command that starts the running program itself as a session.</summary>
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
