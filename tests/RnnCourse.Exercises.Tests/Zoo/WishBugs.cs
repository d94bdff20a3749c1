using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.Zoo;

internal sealed class PairsWithoutOrder : LearnersRnn
{
    public override int PlaceOfPair(int a, int b) => (13 * Math.Max(a, b)) + Math.Min(a, b);
}

internal sealed class PairMarkedNotCounted : LearnersRnn
{
    public override double CountPair(double soFar) => 1;
}

internal sealed class LastPairForgotten : LearnersRnn
{
    public override int LastPair(int n) => n - 2;
}

internal sealed class BagOfWordsForPairs : LearnersRnn
{
    public override Vector<double> PairBag(IReadOnlyList<string> words) => FeedForward.Bag(TinySentences.OneHot(words));
}

internal sealed class ZeroHidesAnother : LearnersRnn
{
    public override void ShakeAll(ISequenceNetwork net) { }
}

internal sealed class OnlyFullRowsWillDo : LearnersRnn
{
    public override bool RowIsFine(int moved, int steps) => moved == steps;
}

internal sealed class AnyTwoMovesWillDo : LearnersRnn
{
    public override bool RowIsFine(int moved, int steps) => moved != 1;
}

internal sealed class TestLeavesItsMark : LearnersRnn
{
    public override void PutBack(double[] values, double[] kept) { }
}

internal sealed class FirstOutputOnly : LearnersRnn
{
    public override int OutputsCompared(int n) => 1;
}

internal sealed class OwnOutputCompared : LearnersRnn
{
    public override int OutputsCompared(int n) => n;
}
