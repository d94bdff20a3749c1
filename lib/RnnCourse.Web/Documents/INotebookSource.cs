using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Documents;

/// <summary>The notebooks that a server offers.</summary>
public interface INotebookSource
{
    /// <summary>The title of the collection.</summary>
    string Title { get; }

    /// <summary>The title of the list of notebooks.</summary>
    string IndexTitle { get; }

    /// <summary>The folder whose notebooks are served.</summary>
    string Folder { get; }

    /// <summary>The notebooks in the order of the list.</summary>
    IReadOnlyList<NotebookEntry> Entries();

    /// <summary>Whether there is a notebook of this name.</summary>
    /// <param name="name">The name, as a user or a link wrote it.</param>
    bool Has(string name);

    /// <summary>Prepares a notebook for editing.</summary>
    /// <param name="name">Its name, from <see cref="Entries"/> or as a user wrote it.</param>
    /// <returns>The file to edit; null if there is no such notebook.</returns>
    /// <exception cref="NotebookFormatException">The file isn't a notebook.</exception>
    /// <exception cref="NotebookFileException">A file can't be read or written.</exception>
    EditableNotebook? Open(string name);

    /// <summary>Finds a file that a notebook links to.</summary>
    /// <param name="path">Its path, relative to the top folder of the files that may be shown.</param>
    /// <returns>The full path; null if the file doesn't exist or may not be shown.</returns>
    string? FindLinked(string path);

    /// <summary>The path by which <see cref="FindLinked"/> finds the target of a notebook's link.</summary>
    /// <param name="address">The link as written in the notebook, without <c>#</c> or <c>?</c> and what follows
    /// them.</param>
    /// <returns>The path; null if the file doesn't exist or may not be shown.</returns>
    string? PathOfLink(string address);
}

/// <summary>A notebook of the list.</summary>
/// <param name="Name">Its file's name without folder and extension.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What it is about; may be empty.</param>
/// <param name="IsBegun">Whether the reader has opened it before.</param>
public sealed record NotebookEntry(string Name, string Title, string Summary, bool IsBegun)
{
    /// <summary>How many exercises and quizzes it has.</summary>
    public int Exercises { get; init; }

    /// <summary>How many of them the reader has solved.</summary>
    public int Solved { get; init; }

    /// <summary>When the reader's copy was last changed; null if there is no copy.</summary>
    public DateTime? Changed { get; init; }
}

/// <summary>A notebook that is ready for editing.</summary>
/// <param name="Path">Its file.</param>
public sealed record EditableNotebook(string Path)
{
    /// <summary>The folder in which its cells run.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>A second folder in which the paths of its <c>#r</c> lines are looked up; null for none.</summary>
    public string? LibraryFolder { get; init; }

    /// <summary>Reads the notebook of which this one is a copy; null if it isn't a copy.</summary>
    public Func<Notebook?>? Original { get; init; }

    /// <summary>The file of the learner's attempts and predictions, which may not exist yet; null if they aren't
    /// kept.</summary>
    public string? Notes { get; init; }

    /// <summary>A message to the reader when the notebook is opened; null for none.</summary>
    public string? Greeting { get; init; }

    /// <summary>The reader's own work in another place, offered for use here; null if there is none.</summary>
    public EarlierWorkOffer? Offer { get; init; }
}

/// <summary>The reader's own work in another place, which is used only if the reader agrees.</summary>
/// <param name="Place">Its place, as shown to the reader.</param>
/// <param name="Work">Reads it; null if it can no longer be read.</param>
/// <param name="Settle">Records that the reader has decided and needn't be asked again.</param>
public sealed record EarlierWorkOffer(string Place, Func<Notebook?> Work, Action Settle);
