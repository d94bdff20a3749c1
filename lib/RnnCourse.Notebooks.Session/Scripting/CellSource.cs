using System.Globalization;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>One piece of code to execute, with the name by which errors refer to it.</summary>
/// <param name="FilePath">The name of the source in errors and stack traces, such as <c>notebook.ipynb (cell
/// 3)</c>.</param>
/// <param name="Source">The C# script code, lines ended by LF or CR LF.</param>
public sealed record CellSource(string FilePath, string Source)
{
    /// <summary>The language that the cell names, such as <c>html</c>; <see langword="null"/> means C#.</summary>
    public string? Language { get; init; }

    /// <summary>The execution number that the user sees at the cell; 0 if it has none.</summary>
    public int Number { get; init; }

    /// <summary>Names a cell of a notebook: <c>notebook.ipynb (cell 3)</c>.</summary>
    /// <param name="notebookName">File name of the notebook.</param>
    /// <param name="number">Number of the code cell, counted from 1 over the code cells only.</param>
    /// <param name="source">The cell's code.</param>
    /// <returns>The source to execute.</returns>
    public static CellSource OfCell(string notebookName, int number, string source) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{notebookName} (cell {number})"), source) { Number = number };

    /// <summary>Writes a position as errors show it: <c>notebook.ipynb (cell 3, line 5)</c>, or <c>setup.cs (line
    /// 5)</c>.</summary>
    /// <param name="filePath">Name of a source, as in <see cref="FilePath"/>.</param>
    /// <param name="line">Line, counted from 1.</param>
    /// <returns>The position.</returns>
    public static string Position(string filePath, int line) =>
        filePath.EndsWith(')')
            ? string.Create(CultureInfo.InvariantCulture, $"{filePath[..^1]}, line {line})")
            : string.Create(CultureInfo.InvariantCulture, $"{filePath} (line {line})");
}
