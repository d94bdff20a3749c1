namespace RnnCourse.Exercises;

/// <summary>
/// The checks of the lessons' exercises. Each takes a learner's method or values, tries them, and answers with a
/// <see cref="Feedback"/>: not attempted yet, correct, or not yet, with the term or shape at fault and a hint.
/// </summary>
/// <remarks>
/// <para>A blank is a method that throws <see cref="NotImplementedException"/>, or null, or <c>default</c>. A check
/// never throws, whatever the learner's method does: what it throws, NaN, wrong shapes and arguments that it writes to
/// become feedback. A method that computes for ten seconds of processor time without coming to its end, or waits for
/// five minutes, is left behind on a background thread. What a check computes itself is not limited. (Two things end
/// any process: a stack overflow, and <c>Environment.Exit</c>.)</para>
/// <para>Answers are right up to a relative error of 1e-5, so that who computes in <see langword="float"/> is not
/// rejected.</para>
/// </remarks>
public static partial class Check;
