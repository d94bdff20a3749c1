using System.Globalization;

namespace RnnCourse.Datasets;

/// <summary>Thrown when a data file is missing or malformed. The message says what is wrong, where, and what to
/// do.</summary>
public sealed class DataFileException : FormatException
{
    /// <summary>Makes the exception.</summary>
    public DataFileException() { }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public DataFileException(string message)
        : base(message) { }

    /// <summary>Makes the exception with a message and a cause.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DataFileException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Makes the exception for a place in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line, from 1; 0 if the error concerns the whole file.</param>
    /// <param name="column">The character in the line, from 1; 0 if the error concerns the whole line.</param>
    /// <param name="problem">What is wrong, and what to do: whole sentences.</param>
    public DataFileException(string path, long line, long column, string problem)
        : base($"{Place(path, line, column)}: {problem}") => (Path, Line, Column) = (path, line, column);

    /// <summary>The file; null if none is known.</summary>
    public string? Path { get; }

    /// <summary>The line, from 1; 0 if the error concerns the whole file.</summary>
    public long Line { get; }

    /// <summary>The character in the line, from 1; 0 if the error concerns the whole line.</summary>
    public long Column { get; }

    private static string Place(string path, long line, long column) =>
        line == 0 ? path
        : column == 0 ? string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}")
        : string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}, column {column}");
}
