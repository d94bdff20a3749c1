namespace RnnCourse.Exercises;

/// <summary>The three questions at the end of each lesson. The questions are in the lesson; the replies to the answers
/// are here.</summary>
public static class Quiz
{
    /// <summary>Takes the answers to a lesson's three questions. Leave it as the last expression of a notebook
    /// cell.</summary>
    /// <param name="lesson">The lesson's number, such as "06".</param>
    /// <param name="first">The letter of the answer to question 1, such as "b"; "(b)" and "B" are also accepted. Empty:
    /// not answered yet.</param>
    /// <param name="second">The letter of the answer to question 2.</param>
    /// <param name="third">The letter of the answer to question 3.</param>
    /// <returns>For each question: not answered yet; right, and why; or not this one, and why not. Never throws,
    /// whatever was typed.</returns>
    public static QuizFeedback Answers(string? lesson, string? first, string? second, string? third)
    {
        var number = lesson?.Trim() ?? "";
        if (number.Length == 1)
        {
            number = "0" + number;
        }

        var questions = QuizBook.Of(number) ?? [];
        var feedback = new QuizFeedback(number, [.. questions.Zip([first, second, third], QuizReply.To)]);
        Progress.Note(feedback);
        return feedback;
    }
}
