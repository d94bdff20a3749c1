namespace RnnCourse.Exercises.Lesson00;

/// <summary>The quiz of lesson 00.</summary>
internal static class Quiz00
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'c',
            A: "Changing a cell changes nothing by itself. What counts is what was run: the number in "
                + "memory stays as it is until the cell runs again.",
            B: "A host runs the cell that you tell it to run. Those below it aren't told, even if they use "
                + "what has changed.",
            C: "It computed with the old number when it ran, and nobody has run it since. Run it again, or "
                + "restart and run all cells.",
            D: "An error would be a help. There is none: an old result looks just like a new one, and that "
                + "is what makes it treacherous."
        ),
        new(
            'b',
            A: "Nobody had to approve of it: the line comes from a computation that has just run on your machine.",
            B: "If the condition didn't hold, the cell would end with an error that names the statement, "
                + "and so would every test of the course.",
            C: "Your own answers are judged by checks, in the cells called exercise. This line appears "
                + "without your doing anything.",
            D: "Lectures have been wrong before. The line says that a computation agreed with the "
                + "statement, here and now."
        ),
        new(
            'a',
            A: "What is in memory may come from cells that you have since changed or deleted. After a "
                + "restart only what is written down counts, and most puzzles vanish.",
            B: "It helps if a file is missing or the library has changed. But an old variable in the "
                + "kernel's memory stays old after a build.",
            C: "Then you lose your own work as well, and the memory of the kernel is as muddled as before.",
            D: "Cells hand their variables on to those that run later. Run out of order, they find what "
                + "happens to be there."
        ),
    ];
}
