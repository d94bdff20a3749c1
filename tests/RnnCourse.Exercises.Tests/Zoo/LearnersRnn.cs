using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.Zoo;

/// <summary>A recurrent network as a learner writes it, all right, in small parts. Each animal of the zoo gets one part
/// wrong.</summary>
/// <remarks>Written apart from the library's own wrong formulas, so that a mistake there does not hide
/// itself.</remarks>
internal abstract class LearnersRnn
{
    public string Name => GetType().Name;

    public override string ToString() => Name;

    // ---- forward ----
    public virtual Vector<double> Recurrent(Matrix<double> W, Vector<double> s_prev) => W * s_prev;

    public virtual Vector<double> StateBias(Vector<double> b) => b;

    public virtual Vector<double> OutputBias(Vector<double> c) => c;

    public virtual Vector<double> Squash(Vector<double> a) => a.PointwiseTanh();

    public virtual Vector<double> Softmax(Vector<double> z)
    {
        var e = (z - z.Maximum()).PointwiseExp();
        return e / e.Sum();
    }

    public virtual (Vector<double> s_i, Vector<double> y_i) Step(
        Vector<double> x_i,
        Vector<double> s_prev,
        Matrix<double> U,
        Matrix<double> W,
        Matrix<double> V,
        Vector<double> b,
        Vector<double> c
    )
    {
        var s_i = Squash((U * x_i) + Recurrent(W, s_prev) + StateBias(b));
        return (s_i, Softmax((V * s_i) + OutputBias(c)));
    }

    public virtual Vector<double> Start(Vector<double> s_0) => s_0;

    public virtual Vector<double> PassOn(Vector<double> s_prev, Vector<double> s_i) => s_i;

    public virtual void AtEnd(Vector<double> s_n) { }

    public (IReadOnlyList<Vector<double>> s, IReadOnlyList<Vector<double>> y) Run(
        VanillaRnn rnn,
        IReadOnlyList<Vector<double>> x,
        Vector<double> s_0
    )
    {
        var (states, outputs) = (new List<Vector<double>>(), new List<Vector<double>>());
        var previous = Start(s_0);
        foreach (var x_i in x)
        {
            var (s_i, y_i) = Step(x_i, previous, rnn.U, rnn.W, rnn.V, rnn.b, rnn.c);
            states.Add(s_i);
            outputs.Add(y_i);
            previous = PassOn(previous, s_i);
        }

        AtEnd(previous);
        return (states, outputs);
    }

    public IReadOnlyList<Vector<double>> Predict(VanillaRnn rnn, IReadOnlyList<Vector<double>> x) =>
        Run(rnn, x, rnn.s_0).y;

    public virtual IReadOnlyList<IReadOnlyList<Vector<double>>> PredictAll(
        VanillaRnn rnn,
        IReadOnlyList<IReadOnlyList<Vector<double>>> sequences
    ) => [.. sequences.Select(x => Predict(rnn, x))];

    // ---- pairs in a bag, and tests of wishes ----
    public virtual int PlaceOfPair(int a, int b) => (13 * a) + b;

    public virtual double CountPair(double soFar) => soFar + 1;

    public virtual int LastPair(int n) => n - 1;

    public virtual Vector<double> PairBag(IReadOnlyList<string> words)
    {
        var numbers = words.Select(word => TinySentences.Vocabulary.ToList().IndexOf(word)).ToList();
        var v = Vector<double>.Build.Dense(13 * 13);
        for (var i = 1; i <= LastPair(words.Count); i++)
        {
            var place = PlaceOfPair(numbers[i - 1], numbers[i]);
            v[place] = CountPair(v[place]);
        }

        return v;
    }

    public virtual bool RowIsFine(int moved, int steps) => moved == 0 || moved == steps;

    public virtual void ShakeAll(ISequenceNetwork net)
    {
        foreach (var parameter in net.Parameters)
        {
            Nudge(parameter.Values);
        }
    }

    public virtual void PutBack(double[] values, double[] kept) => kept.CopyTo(values, 0);

    public bool SameFunction(ISequenceNetwork net)
    {
        var x = TinySentences.OneHot("we", "just", "still", "swim");
        var before = net.Parameters.Select(parameter => parameter.Values.ToArray()).ToList();
        ShakeAll(net);
        var y = net.Predict(x);
        var fine = true;
        foreach (var parameter in net.Parameters)
        {
            var kept = parameter.Values.ToArray();
            Nudge(parameter.Values);
            fine &= RowIsFine(net.Predict(x).Zip(y).Count(pair => !pair.First.Equals(pair.Second)), x.Count);
            kept.CopyTo(parameter.Values, 0);
        }

        foreach (var (parameter, kept) in net.Parameters.Zip(before))
        {
            PutBack(parameter.Values, kept);
        }

        return fine;
    }

    public virtual int OutputsCompared(int n) => n - 1;

    public bool NoLookingAhead(ISequenceNetwork net)
    {
        var cook = net.Predict(TinySentences.OneHot("every", "fish", "can", "cook"));
        var only = net.Predict(TinySentences.OneHot("every", "fish", "can", "only"));
        return cook.Take(OutputsCompared(4)).SequenceEqual(only.Take(OutputsCompared(4)));
    }

    private static void Nudge(double[] values)
    {
        for (var k = 0; k < values.Length; k++)
        {
            values[k] += 0.05 * Math.Cos(1.7 * (k + 1));
        }
    }

    // ---- loss ----
    public virtual IReadOnlyList<bool> Mask(Read where, int n, int columns) =>
        [.. Enumerable.Range(1, columns).Select(i => where == Read.EveryStep ? i <= n : i == n)];

    public virtual int? Target(IReadOnlyList<int?> targets, int i) => targets[i - 1];

    public virtual double OfStep(Vector<double> y_i, int target) => -Math.Log(y_i[target]);

    public virtual double Loss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
    {
        var loss = 0.0;
        for (var i = 1; i <= y.Count; i++)
        {
            if (Target(targets, i) is { } k)
            {
                loss += OfStep(y[i - 1], k);
            }
        }

        return loss;
    }

    public virtual double MeanLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets) =>
        targets.Any(target => target is not null) ? Loss(y, targets) / targets.Count(target => target is not null) : 0;

    // ---- backward ----
    public virtual Vector<double> ScoreGradient(Vector<double> y_i, int? target)
    {
        if (target is not { } k)
        {
            return 0 * y_i;
        }

        var dz_i = y_i.Clone();
        dz_i[k] -= 1;
        return dz_i;
    }

    public virtual Vector<double> Slope(
        VanillaRnn rnn,
        Vector<double> x_i,
        Vector<double> s_prev,
        Vector<double> s_i
    ) => 1 - s_i.PointwisePower(2);

    public virtual Vector<double> FromNext(Vector<double> ds_next) => ds_next;

    public virtual Vector<double> ToPrevious(VanillaRnn rnn, Vector<double> ds_i, Vector<double> da_i) =>
        rnn.W.Transpose() * da_i;

    public virtual Matrix<double> SumOfW(Matrix<double> sum, Matrix<double> step) => sum + step;

    public virtual Vector<double> SumOfBias(Vector<double> sum, Vector<double> step) => sum + step;

    public virtual Vector<double> BeforeW(Vector<double> s_prev, Vector<double> s_i) => s_prev;

    public virtual VanillaRnn.Gradients AtLast(VanillaRnn.Gradients g, int steps) => g;

    public VanillaRnn.Gradients Backward(VanillaRnn rnn, VanillaRnn.Trace trace, IReadOnlyList<int?> targets)
    {
        var (x, s, y) = trace;
        Matrix<double> dU = 0 * rnn.U,
            dW = 0 * rnn.W,
            dV = 0 * rnn.V;
        Vector<double> db = 0 * rnn.b,
            dc = 0 * rnn.c,
            ds_next = 0 * rnn.s_0;
        for (var i = x.Count; i >= 1; i--)
        {
            var dz_i = ScoreGradient(y[i - 1], Target(targets, i));
            var ds_i = (rnn.V.Transpose() * dz_i) + FromNext(ds_next);
            var da_i = Slope(rnn, x[i - 1], s[i - 1], s[i]).PointwiseMultiply(ds_i);
            dV += dz_i.OuterProduct(s[i]);
            dc += dz_i;
            dU += da_i.OuterProduct(x[i - 1]);
            dW = SumOfW(dW, da_i.OuterProduct(BeforeW(s[i - 1], s[i])));
            db = SumOfBias(db, da_i);
            ds_next = ToPrevious(rnn, ds_i, da_i);
        }

        return AtLast(new(dU, dW, dV, db, dc, ds_next), x.Count);
    }

    // ---- clipping ----
    public virtual double[] Clip(IReadOnlyList<double[]> contributions, double limit)
    {
        var sum = new double[contributions[0].Length];
        foreach (var contribution in contributions)
        {
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += contribution[k];
            }
        }

        return Shorten(sum, limit);
    }

    protected static double[] Shorten(double[] g, double limit)
    {
        var norm = Math.Sqrt(g.Sum(v => v * v));
        return norm > limit ? [.. g.Select(v => v * limit / norm)] : g;
    }
}

/// <summary>The healthy one: no check may reject it.</summary>
internal sealed class Healthy : LearnersRnn;
