namespace RnnCourse.Notebooks.Format;

/// <summary>
/// A notebook's file can't be read or written. The message says in plain words which file, why, and what to do; after a
/// failed write the file is unchanged.
/// </summary>
public sealed class NotebookFileException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    /// <param name="file">The file's name as it was given.</param>
    /// <param name="cause">The exception of the system.</param>
    public NotebookFileException(string message, string file, Exception? cause = null)
        : base(message, cause) => File = file;

    /// <summary>The file's name as it was given.</summary>
    public string File { get; }
}
