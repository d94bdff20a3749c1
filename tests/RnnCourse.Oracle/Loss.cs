using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnCourse.Oracle;

internal static class Loss
{
    private const long Unread = -100;

    /// <summary>libtorch's own cross-entropy of the scores, shape (n, K), summed over the steps that are
    /// read.</summary>
    public static Tensor Of(Tensor scores, int?[] targets) =>
        functional.cross_entropy(
            scores,
            tensor([.. targets.Select(k => k ?? Unread)], ScalarType.Int64),
            ignore_index: Unread,
            reduction: Reduction.Sum
        );
}
