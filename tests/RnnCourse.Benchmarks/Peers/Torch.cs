using TorchSharp;

namespace RnnCourse.Benchmarks.Peers;

/// <summary>libtorch, through TorchSharp: used where it loads, explained where it doesn't.</summary>
internal static class Torch
{
    /// <summary>Tries to load libtorch and gives it as many threads as we use.</summary>
    /// <param name="threads">How many threads it may use.</param>
    /// <param name="whyNot">Why it can't be used; null where it can.</param>
    /// <returns>libtorch's version; null where it can't be used.</returns>
    internal static string? TryLoad(int threads, out string? whyNot)
    {
        try
        {
            torch.set_num_threads(threads);
            whyNot = null;
            return torch.__version__;
        }
        catch (Exception exception)
            when (exception
                    is TypeInitializationException
                        or DllNotFoundException
                        or NotSupportedException
                        or BadImageFormatException
            )
        {
            var innermost = exception.GetBaseException().Message.Split('\n')[0].Trim();
            whyNot =
                $"libtorch does not load here: {innermost} (TorchSharp's Linux build needs the C++ library "
                + "of GCC 13 or newer; README.md beside this program says what to do.)";
            return null;
        }
    }
}
