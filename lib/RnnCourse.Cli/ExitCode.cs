namespace RnnCourse.Cli;

/// <summary>The exit codes of the command <c>rnn</c>. They are part of its interface: scripts rely on them.</summary>
public static class ExitCode
{
    /// <summary>All went well: every cell ran.</summary>
    public const int Success = 0;

    /// <summary>A cell failed, took too long, or ended its process.</summary>
    public const int CellFailed = 1;

    /// <summary><c>rnn format --check</c>: a notebook is not in the canonical form.</summary>
    public const int NotCanonical = 1;

    /// <summary>Wrong usage, or a file that cannot be read or written.</summary>
    public const int Usage = 2;

    /// <summary>A defect of the command itself.</summary>
    public const int Defect = 70;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
