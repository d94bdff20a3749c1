namespace RnnCourse.Notebooks.Running;

/// <summary>How far the run of a notebook has come.</summary>
/// <param name="Cell">The number of the code cell that begins, from 1; <paramref name="Count"/> + 1 when all have
/// ended.</param>
/// <param name="Count">How many code cells the notebook has; empty ones are not counted.</param>
/// <param name="Elapsed">Time since the notebook's run began.</param>
public sealed record CellProgress(int Cell, int Count, TimeSpan Elapsed);
