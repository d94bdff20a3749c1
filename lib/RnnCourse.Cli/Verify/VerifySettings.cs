using RnnCourse.Cli.Run;

namespace RnnCourse.Cli.Verify;

/// <summary>What <c>rnn verify</c> was asked to do.</summary>
/// <param name="Notebooks">The notebooks as the user named them; none means all of the course.</param>
/// <param name="Update">Whether new outputs are stored.</param>
/// <param name="Rules">File with rules for the comparison, or null.</param>
/// <param name="Execution">How they are executed.</param>
internal sealed record VerifySettings(
    IReadOnlyList<string> Notebooks,
    bool Update,
    string? Rules,
    ExecutionSettings Execution
);
