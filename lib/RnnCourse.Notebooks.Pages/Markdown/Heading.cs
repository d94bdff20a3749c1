namespace RnnCourse.Notebooks.Pages.Markdown;

/// <summary>A heading of a page, for its table of contents.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Id">Its id on the page.</param>
/// <param name="Html">Its text in HTML, without links.</param>
internal sealed record Heading(int Level, string Id, string Html);
