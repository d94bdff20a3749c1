using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RnnCourse.Cli;

/// <summary>Shows a command's help, followed by its examples and exit codes, or by those of its parent
/// command.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, string> examples)
    : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        // The examples of rnn itself are about all commands, so they follow no other command's help.
        var owner = examples.ContainsKey(command)
            ? command
            : command.Parents.OfType<Command>().FirstOrDefault(parent => parent is not RootCommand);
        if (owner is not null && examples.TryGetValue(owner, out var text))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(text.ReplaceLineEndings(output.NewLine));
        }

        return result;
    }
}
