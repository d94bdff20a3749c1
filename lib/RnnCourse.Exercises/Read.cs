namespace RnnCourse.Exercises;

/// <summary>Where the outputs of a task are read.</summary>
public enum Read
{
    /// <summary>At every step.</summary>
    EveryStep,

    /// <summary>At the last step only.</summary>
    LastStep,

    /// <summary>Neither pattern fits.</summary>
    Neither,
}
