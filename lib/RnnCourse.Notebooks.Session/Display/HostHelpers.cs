namespace RnnCourse.Notebooks.Session.Display;

/// <summary>The methods by which a cell communicates with its host. They are available in every cell.</summary>
public static class HostHelpers
{
    /// <summary>Asks the person at the notebook, and waits for the answer.</summary>
    /// <param name="prompt">What to ask for.</param>
    /// <returns>The answer, one line without its end.</returns>
    /// <exception cref="InvalidOperationException">There is no person to ask, as in a batch run.</exception>
    public static string Input(string prompt = "") => DisplayTarget.Input.Ask(prompt, hidden: false);

    /// <summary>Asks for something secret, which isn't shown while it is typed, and waits for the
    /// answer.</summary>
    /// <param name="prompt">What to ask for.</param>
    /// <returns>The answer, one line without its end.</returns>
    /// <exception cref="InvalidOperationException">There is no person to ask, as in a batch run.</exception>
    public static string Password(string prompt = "") => DisplayTarget.Input.Ask(prompt, hidden: true);

    /// <summary>Removes what the cell has printed and shown so far.</summary>
    /// <param name="wait">Whether to wait until something new is shown, to avoid flicker.</param>
    public static void ClearOutput(bool wait = false) => DisplayTarget.Current.Clear(wait);

    /// <summary>Shows something beside the notebook, where the host has a place for it; otherwise as the cell's
    /// output.</summary>
    /// <param name="value">What to show; null is shown as such.</param>
    public static void Page(object? value) => DisplayTarget.Current.Page(DisplayFormatter.Format(value));
}
