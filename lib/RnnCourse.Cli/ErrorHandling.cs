using RnnCourse.Datasets;
using RnnCourse.Training;

namespace RnnCourse.Cli;

/// <summary>Runs a command's work and turns its exceptions into one message and an exit code.</summary>
internal static class ErrorHandling
{
    /// <summary>Runs work that has nothing to save: an interrupt abandons it at once.</summary>
    public static async Task<int> RunAsync(Func<int> work, CancellationToken interrupt)
    {
        var running = RunToCompletionAsync(work);
        return await Task.WhenAny(running, Task.Delay(Timeout.Infinite, interrupt)) == running
            ? await running
            : ExitCode.Interrupted;
    }

    /// <summary>Runs work that handles an interrupt itself: it saves its progress and returns.</summary>
    public static Task<int> RunToCompletionAsync(Func<int> work) =>
        Task.Run(() =>
        {
            try
            {
                return work();
            }
            catch (TrainingDivergedException e)
            {
                return ErrorMessage.Write(e.Message, ExitCode.TrainingDiverged);
            }
            catch (Exception e) when (e is UserErrorException or ArgumentException)
            {
                return ErrorMessage.Write(e.Message, ExitCode.Usage);
            }
            catch (Exception e)
                when (e is DataFileException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                return ErrorMessage.Write(e.Message, ExitCode.File);
            }
            catch (OutOfMemoryException)
            {
                return ErrorMessage.Write(
                    "There is not enough memory for a model or data of this size. Try a smaller --hidden, "
                        + "--batch or --window.",
                    ExitCode.Usage
                );
            }
        });
}
