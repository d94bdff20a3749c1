namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Asks the person at the notebook. Calls may come from any thread.</summary>
public interface ICellInput
{
    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="prompt">What to ask for; may be empty.</param>
    /// <param name="hidden">Whether to hide the answer while it is typed.</param>
    /// <returns>The answer, one line without its end.</returns>
    /// <exception cref="InvalidOperationException">There is no person to ask.</exception>
    string Ask(string prompt, bool hidden);
}
