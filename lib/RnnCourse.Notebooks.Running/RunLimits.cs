using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// The limits that apply to one notebook. A limit of the run is a ceiling: the notebook's own may only be lower. If the
/// run sets no limit, the notebook's own replaces the default one, and may be higher.
/// </summary>
internal sealed record RunLimits(
    TimeSpan Start,
    TimeSpan Notebook,
    long? Memory,
    TimeSpan? CellCeiling,
    TimeSpan? CellOfNotebook
)
{
    public const string CellTimeout = "cell-timeout";
    public const string NotebookTimeout = "notebook-timeout";
    public const string StartupTimeout = "startup-timeout";
    public const string MemoryLimit = "memory-limit";

    /// <summary>Not a limit: how long the notebook usually takes.</summary>
    public const string ExpectedTime = "expected-seconds";

    // Only a hang should ever reach it: on a busy machine, a cell of seconds may take minutes.
    public static readonly TimeSpan UsualCell = TimeSpan.FromSeconds(600);
    public static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(600);

    /// <exception cref="NotebookFormatException">A limit in the metadata isn't valid.</exception>
    public static RunLimits Of(RunnerOptions options, Notebook notebook)
    {
        var own = EngineMetadata.OfNotebook(notebook);
        return new RunLimits(
            Stricter(options.StartTimeout, own.Seconds(StartupTimeout)) ?? UsualStart,
            Stricter(options.NotebookTimeout, own.Seconds(NotebookTimeout)) ?? TimeSpan.MaxValue,
            Stricter(options.MemoryLimit, own.Bytes(MemoryLimit)),
            options.CellTimeout,
            own.Seconds(CellTimeout)
        );
    }

    /// <summary>How long a cell may run; a limit in its own metadata replaces the notebook's limit for all
    /// cells.</summary>
    /// <exception cref="NotebookFormatException">The limit in the metadata isn't valid.</exception>
    public TimeSpan Cell(CodeCell cell) =>
        Stricter(CellCeiling, EngineMetadata.OfCell(cell).Seconds(CellTimeout) ?? CellOfNotebook) ?? UsualCell;

    private static T? Stricter<T>(T? ceiling, T? own)
        where T : struct, IComparable<T> =>
        ceiling is { } most && own is { } wish ? (wish.CompareTo(most) < 0 ? wish : most) : ceiling ?? own;
}
