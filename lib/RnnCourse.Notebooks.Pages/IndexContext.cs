namespace RnnCourse.Notebooks.Pages;

/// <summary>How the run of a lesson ended.</summary>
public enum LessonState
{
    /// <summary>The lesson wasn't run.</summary>
    NotRun,

    /// <summary>Every cell ran.</summary>
    Ran,

    /// <summary>A cell failed.</summary>
    Failed,
}

/// <summary>One lesson on the index page.</summary>
/// <param name="Number">Its number as shown to readers, such as <c>05</c>; empty for none.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What it is about, in a sentence, formulas between dollar signs; empty for none.</param>
/// <param name="State">How its run ended.</param>
/// <param name="Address">Its page, relative to the index; <see langword="null"/> if there is no page.</param>
public sealed record IndexEntry(string Number, string Title, string Summary, LessonState State, string? Address)
{
    /// <summary>How many of its exercises are solved, in a few words; empty if the lesson has none, or wasn't
    /// run.</summary>
    public string Exercises { get; init; } = "";
}

/// <summary>The contents of the index page.</summary>
/// <param name="Title">The name of the course.</param>
/// <param name="Summary">What the course is, in a sentence, formulas between dollar signs.</param>
/// <param name="Lessons">The lessons in order.</param>
public sealed record IndexContext(string Title, string Summary, IReadOnlyList<IndexEntry> Lessons)
{
    /// <summary>The language of the text, as HTML names it.</summary>
    public string Language { get; init; } = "en";
}
