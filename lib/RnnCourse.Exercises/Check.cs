namespace RnnCourse.Exercises;

/// <summary>
/// The checks of the lessons' exercises. Each takes a learner's method or values, tests them, and returns a
/// <see cref="Feedback"/>: not attempted yet, correct, or not yet, with the term or shape at fault and a hint.
/// </summary>
/// <remarks>
/// <para>A blank is a method that throws <see cref="NotImplementedException"/>, or null, or <c>default</c>. A check
/// never throws, whatever the learner's method does: exceptions, NaN, wrong shapes and modified arguments become
/// feedback. A method that computes for more than ten seconds of processor time, or waits for more than five minutes,
/// is left running on a background thread. The check's own computations are not limited. (Two things still end the
/// process: a stack overflow, and <c>Environment.Exit</c>.)</para>
/// <para>Answers are right up to a relative error of 1e-5, so that answers computed in <see langword="float"/> are
/// accepted.</para>
/// </remarks>
public static partial class Check;
