namespace RnnCourse.Cli;

/// <summary>The exit codes of the command <c>rnn</c>. They are part of its interface: scripts rely on them.</summary>
public static class ExitCode
{
    /// <summary>Success: every cell ran, and no output differs.</summary>
    public const int Success = 0;

    /// <summary>A cell failed, ended its process, or used too much memory.</summary>
    public const int CellFailed = 1;

    /// <summary><c>rnn format --check</c>: a notebook is not in the canonical form.</summary>
    public const int NotCanonical = 1;

    /// <summary>A training diverged: its loss became NaN or infinite.</summary>
    public const int TrainingDiverged = 1;

    /// <summary><c>rnn precompile</c>: a library could not be translated.</summary>
    public const int NotTranslated = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary>A cell, a notebook or the start of a process exceeded its time limit.</summary>
    public const int TimeLimit = 3;

    /// <summary>A file cannot be read or written, or is not a notebook.</summary>
    public const int File = 4;

    /// <summary>Outputs differ from those stored.</summary>
    public const int Difference = 5;

    /// <summary>A bug in the command itself.</summary>
    public const int Defect = 70;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;

    // The first that occurs wins: a cell that failed has no outputs to compare.
    private static readonly int[] ByWeight = [File, CellFailed, TimeLimit, Difference];

    /// <summary>The exit code of several results: the first of 4, 1, 3, 5 that occurs, else 0.</summary>
    /// <param name="codes">The codes of the results.</param>
    /// <returns>The code for all of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="codes"/> is null.</exception>
    public static int Of(IEnumerable<int> codes)
    {
        var all = codes.ToHashSet();
        return ByWeight.FirstOrDefault(all.Contains, Success);
    }
}
