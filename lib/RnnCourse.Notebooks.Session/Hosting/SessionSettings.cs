using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>The settings with which the process of a session is started, and its limits.</summary>
/// <param name="Command">The program.</param>
/// <param name="Folder">Its working directory: the notebook's folder.</param>
public sealed record SessionSettings(SessionCommand Command, string Folder)
{
    /// <summary>What a reader should do when a <c>#r</c> line names a library that doesn't exist; one sentence. Unless
    /// set, a default sentence is used.</summary>
    public string? MissingLibraryHint { get; init; }

    /// <summary>A second folder in which relative paths of <c>#r</c>, <c>#load</c> and <c>#!import</c> are looked up,
    /// for a notebook that was copied from there; null for none.</summary>
    public string? LibraryFolder { get; init; }

    /// <summary>Environment variables that are passed to cells in addition to those that every session needs, such as
    /// <c>PATH</c>.</summary>
    public IReadOnlyCollection<string> PassedVariables { get; init; } = [];

    /// <summary>How much memory the process may use, in bytes. Unless set, three quarters of the machine's
    /// memory.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>The processor count that .NET reports to the process, at least 1; all processors unless set.</summary>
    public int? Processors { get; init; }

    /// <summary>Whether the process already runs what many cells contain while it waits for its first cell, so that a
    /// person waits less for the first result. Set it to false where the first cell follows at once.</summary>
    public bool WarmsUp { get; init; } = true;

    /// <summary>Whether a new process is started when the process has ended, so that further cells can be
    /// executed.</summary>
    public bool RestartsAfterEnd { get; init; }

    internal long MemoryCeiling => MemoryLimit ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    internal ProcessStartInfo ToStartInfo(IEnumerable<string> arguments, string family)
    {
        var start = new ProcessStartInfo(Command.FileName, Command.Arguments.Concat(arguments))
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        CellEnvironment.Reduce(start.Environment, PassedVariables);
        start.Environment[ProcessFamily.Variable] = family;

        // .NET write-protects its machine code, which makes each translation of a method slower: a twelfth of a
        // session's start. The protection hinders foreign code, and cells can run any code.
        start.Environment.TryAdd("DOTNET_EnableWriteXorExecute", "0");
        if (MemoryLimit is { } limit)
        {
            // A full heap throws in the cell, so the error names the line; the watch from outside also sees native
            // memory, but can only kill. The default limit leaves the runtime's heap as it is.
            start.Environment["DOTNET_GCHeapHardLimit"] = (limit / 10 * 9).ToString("X", CultureInfo.InvariantCulture);
        }

        if (Processors is { } processors)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString(CultureInfo.InvariantCulture);
        }

        return start;
    }
}
