namespace RnnCourse.Notebooks.Running;

/// <summary>What a worker process is told on its command line.</summary>
/// <param name="CommandPipe">Handle of the pipe that commands come from.</param>
/// <param name="EventPipe">Handle of the pipe that events go to.</param>
/// <param name="Marker">Text that the worker writes to its own standard output and error after each cell.</param>
/// <param name="MissingLibraryHint">What to do about a missing library, for messages.</param>
internal sealed record WorkerArguments(string CommandPipe, string EventPipe, string Marker, string MissingLibraryHint)
{
    public IEnumerable<string> ToArguments() => [CommandPipe, EventPipe, Marker, MissingLibraryHint];

    public static WorkerArguments? Parse(IReadOnlyList<string> arguments) =>
        arguments is [var commands, var events, var marker, var hint] ? new(commands, events, marker, hint) : null;
}
