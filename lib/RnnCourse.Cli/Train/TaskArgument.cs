using System.CommandLine;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The argument that names a task.</summary>
internal static class TaskArgument
{
    public static string Names => NamesOf(null);

    public static Argument<string?> Create(bool isRequired, Func<TaskEntry, bool>? allows = null)
    {
        var argument = new Argument<string?>("task")
        {
            Description = $"The task: {NamesOf(allows)}.",
            Arity = isRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (TaskCatalogue.Find(token.Value) is not { } task || !(allows?.Invoke(task) ?? true))
                {
                    result.AddError(
                        token.Value.StartsWith('-')
                            ? $"Unknown option '{token.Value}'."
                            : $"Unknown task '{token.Value}'. Choose one of " + $"{NamesOf(allows)}."
                    );
                }
            }
        });
        return argument;
    }

    private static string NamesOf(Func<TaskEntry, bool>? allows) =>
        string.Join(", ", TaskCatalogue.All.Where(task => allows?.Invoke(task) ?? true).Select(task => task.Name));
}
