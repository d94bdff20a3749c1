namespace RnnCourse.Jupyter.Wire;

/// <summary>The channels for messages; the heartbeat isn't one of them.</summary>
internal enum Channel
{
    /// <summary>Requests of the user's client.</summary>
    Shell,

    /// <summary>Requests that must not wait for those on the shell channel.</summary>
    Control,

    /// <summary>The kernel's questions to the user.</summary>
    Stdin,

    /// <summary>Outputs, for all connected clients.</summary>
    IoPub,
}
