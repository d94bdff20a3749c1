using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>The notebooks that a server offers.</summary>
public interface INotebookShelf
{
    /// <summary>What they are together.</summary>
    string Title { get; }

    /// <summary>What the list of them is called.</summary>
    string IndexTitle { get; }

    /// <summary>The folder that the server is for.</summary>
    string Folder { get; }

    /// <summary>The notebooks in the order of the list.</summary>
    IReadOnlyList<ShelfEntry> Entries();

    /// <summary>Whether the shelf has a notebook of this name.</summary>
    /// <param name="name">The name, as somebody wrote it.</param>
    bool Has(string name);

    /// <summary>Gets a notebook ready to be edited.</summary>
    /// <param name="name">Its name, from <see cref="Entries"/> or as a user wrote it.</param>
    /// <returns>The file to edit; null if the shelf has no such notebook.</returns>
    /// <exception cref="NotebookFormatException">The file holds no notebook.</exception>
    /// <exception cref="NotebookFileException">A file can't be read or written.</exception>
    ShelfBook? Open(string name);

    /// <summary>A file that a notebook links to.</summary>
    /// <param name="path">Its path, relative to the top of what the shelf may show.</param>
    /// <returns>The full path; null if there is no such file, or it is not to be shown.</returns>
    string? FindLinked(string path);

    /// <summary>The path by which <see cref="FindLinked"/> finds the target of a notebook's link.</summary>
    /// <param name="address">The link as the notebook has it, without what follows <c>#</c> or <c>?</c>.</param>
    /// <returns>The path; null if there is no such file, or it is not to be shown.</returns>
    string? PathOfLink(string address);
}

/// <summary>A notebook on a shelf.</summary>
/// <param name="Name">Its file's name without folder and extension.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What it is about; may be empty.</param>
/// <param name="IsBegun">Whether the reader has opened it before.</param>
public sealed record ShelfEntry(string Name, string Title, string Summary, bool IsBegun);

/// <summary>A notebook that is ready to be edited.</summary>
/// <param name="Path">Its file.</param>
public sealed record ShelfBook(string Path)
{
    /// <summary>The folder in which its cells run.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>A second folder in which paths of its <c>#r</c> lines are looked for; null for none.</summary>
    public string? LibraryFolder { get; init; }

    /// <summary>Reads what the notebook was copied from; null if from nothing.</summary>
    public Func<Notebook?>? Original { get; init; }

    /// <summary>The file of the learner's attempts and predictions, which may not exist yet; null to keep
    /// none.</summary>
    public string? Notes { get; init; }

    /// <summary>What the reader should know when it opens; null for nothing.</summary>
    public string? Greeting { get; init; }

    /// <summary>The reader's own work in another place, which may be wanted here; null without such work.</summary>
    public ShelfOffer? Offer { get; init; }
}

/// <summary>The reader's own work in another place, which is taken along only if the reader agrees.</summary>
/// <param name="Place">Where it lies, for the reader.</param>
/// <param name="Work">Reads it; null if it can't be read any more.</param>
/// <param name="Settle">Remembers that the reader has decided, and needs not be asked again.</param>
public sealed record ShelfOffer(string Place, Func<Notebook?> Work, Action Settle);
