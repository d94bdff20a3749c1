using System.CommandLine;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The argument that names a task.</summary>
internal static class TaskArgument
{
    public static string Names => string.Join(", ", TaskCatalogue.All.Select(task => task.Name));

    public static Argument<string?> Create(bool isRequired, Func<TaskEntry, bool>? allows = null)
    {
        var argument = new Argument<string?>("task")
        {
            Description =
                $"The task: {string.Join(", ", TaskCatalogue.All.Where(task => allows?.Invoke(task) ?? true).Select(task => task.Name))}.",
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
                            ? $"There is no option '{token.Value}'."
                            : $"There is no task '{token.Value}' here; there are "
                                + $"{string.Join(", ", TaskCatalogue.All.Where(task => allows?.Invoke(task) ?? true).Select(task => task.Name))}."
                    );
                }
            }
        });
        return argument;
    }
}
