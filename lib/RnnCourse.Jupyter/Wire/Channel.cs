namespace RnnCourse.Jupyter.Wire;

/// <summary>The channels that carry messages; the heartbeat carries none.</summary>
internal enum Channel
{
    /// <summary>Requests of the user's client.</summary>
    Shell,

    /// <summary>Requests that must not wait for the others.</summary>
    Control,

    /// <summary>Questions of the kernel.</summary>
    Stdin,

    /// <summary>Outputs, for all who listen.</summary>
    IoPub,
}
