namespace RnnCourse.Cli.Run;

/// <summary>What <c>rnn run</c> was asked to do.</summary>
/// <param name="Notebooks">The notebooks as the user named them; none means all lessons.</param>
/// <param name="Output">Folder for the results as the user named it, or null for the usual one.</param>
/// <param name="InPlace">Whether executed notebooks are stored back.</param>
/// <param name="Parameters">Values for the notebooks' parameters.</param>
/// <param name="Execution">How they are executed.</param>
internal sealed record RunSettings(
    IReadOnlyList<string> Notebooks,
    string? Output,
    bool InPlace,
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    ExecutionSettings Execution
);
