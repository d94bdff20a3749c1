namespace RnnCourse.Cli.Run;

/// <summary>What <c>rnn run</c> was asked to do.</summary>
/// <param name="Notebooks">The notebooks as the user named them; none means all lessons.</param>
/// <param name="Output">Folder for the results as the user named it, or null for the usual one.</param>
/// <param name="InPlace">Whether executed notebooks are stored back.</param>
/// <param name="CellTimeout">How long one cell may run.</param>
internal sealed record RunSettings(IReadOnlyList<string> Notebooks, string? Output, bool InPlace, TimeSpan CellTimeout);
