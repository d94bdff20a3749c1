using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Scripting;

namespace RnnCourse.Notebooks.Running;

/// <summary>What became of a notebook.</summary>
/// <param name="Executed">The notebook with the outputs of this run; cells that did not run have none.</param>
/// <param name="Count">How many code cells it has; empty ones are not counted.</param>
/// <param name="Failure">The cell that failed, or null if all ran.</param>
/// <param name="CellTimes">How long each cell that ran took, in order.</param>
/// <param name="Elapsed">How long it all took, the start of the process included.</param>
public sealed record NotebookRun(Notebook Executed, int Count, CellFailure? Failure, IReadOnlyList<TimeSpan> CellTimes, TimeSpan Elapsed);

/// <summary>The cell that ended the run of a notebook.</summary>
/// <param name="Cell">Its number, from 1 over the code cells that are not empty.</param>
/// <param name="Id">Its id in the file.</param>
/// <param name="Error">What happened.</param>
public sealed record CellFailure(int Cell, string Id, CellError Error);
