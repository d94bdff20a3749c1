namespace RnnCourse.Notebooks.Running;

/// <summary>Shortens what the runtime writes when it dies: from the cell's top level on, its stack shows only this
/// engine.</summary>
internal static class LastWords
{
    private const string TopOfCell = "<<Initialize>>";

    public static string Shorten(string text)
    {
        var top = text.IndexOf(TopOfCell, StringComparison.Ordinal);
        return top < 0 ? text : text[..(text.LastIndexOf('\n', top) + 1)] + "   at the cell's top level\n";
    }
}
