namespace RnnCourse.Notebooks.Format;

/// <summary>
/// A notebook's file can't be read from or written to the disk. The message says which file, why and what to do, in
/// plain words; after a failed write the file is as it was.
/// </summary>
public sealed class NotebookFileException : IOException
{
    /// <summary>A file that can't be read or written.</summary>
    /// <param name="message">Which file, why, and what to do.</param>
    /// <param name="file">The file's name as it was given.</param>
    /// <param name="cause">What the system said.</param>
    public NotebookFileException(string message, string file, Exception? cause = null)
        : base(message, cause) => File = file;

    /// <summary>The file's name as it was given.</summary>
    public string File { get; }
}
