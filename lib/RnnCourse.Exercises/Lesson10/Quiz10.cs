namespace RnnCourse.Exercises.Lesson10;

/// <summary>The quiz of lesson 10.</summary>
internal static class Quiz10
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'b',
            A: "That holds along an eigenvector whose eigenvalue has the size 0.9, and for every vector where W is "
                + "normal and all its eigenvalues have it. In general the radius speaks about the long run only.",
            B: "The n-th power of W goes to zero, because every eigenvalue's n-th power does. But if the eigenvectors "
                + "don't stand at right angles, it may grow first: the sheared matrix of the lesson did, to more than "
                + "five times.",
            C: "The sheared matrix has the radius 0.9, and its powers make some vectors more than five "
                + "times longer before they fall. A bound for each step would be the largest singular value.",
            D: "A bias is added, so it drops out of the derivative. In a linear network the Jacobian is W "
                + "at every step, whatever the biases and inputs are."
        ),
        new(
            'd',
            A: "With radius 1 a ten-millionth is left. The slopes of tanh belong to each factor of the product, and "
                + "large inputs make them small.",
            B: "Without inputs it explodes there. With inputs of size 3 a few thousandths are left: the units are "
                + "pushed towards ±1, where the slopes are near 0.",
            C: "A hundredth is left. That slope was measured with smaller inputs; inputs of size 3 make it smaller "
                + "still. And a step doesn't multiply by radius times mean slope: it was 1.10 in the table, not 0.96.",
            D: "About five times its size is left, the nearest of all. Each factor is diag(1 − s_i²) W: the larger "
                + "the inputs, the smaller the slopes, and the larger the W that makes up for them."
        ),
        new(
            'a',
            A: "dW is a sum over the steps, and the rate multiplies the sum. The ratio between the shares "
                + "stays what it was; only now the steps are so large that training jumps about.",
            B: "For that, the early shares would have to be enlarged and the late ones not. A learning "
                + "rate knows nothing of steps in a sequence.",
            C: "The gradient itself isn't changed by the rate; what becomes too large is the step of "
                + "gradient descent. That the norm grows with the lag is a property of the product of Jacobians.",
            D: "Training changes W, and by that its radius; the rate alone sets the size of the change and "
                + "not where it leads."
        ),
    ];
}
