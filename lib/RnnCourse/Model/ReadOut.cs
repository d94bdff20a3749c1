namespace RnnCourse.Model;

/// <summary>Where the outputs of a sequence are read: tasks differ only in this (L20).</summary>
public enum ReadOut
{
    /// <summary>One output at each step: tagging, completing, forecasting.</summary>
    EveryStep,

    /// <summary>One output for the sequence, after its last step: judging a review. A bidirectional model reads each
    /// direction where it ends.</summary>
    LastStep,
}
