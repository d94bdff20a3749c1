using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.Lesson14;

/// <summary>The wrong answers that the checks of lesson 14 know, each with its own words, and right ones in other
/// forms.</summary>
public sealed class Lesson14Tests : AnswersTests<Lesson14Tests>, IAnswers
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["keep-add-swapped"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, a, k, o, g)),
            ["keep-show-swapped"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, o, a, k, g)),
            ["add-show-swapped"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, k, o, a, g)),
            ["keep-missing"] = () => Lstm(kept: (keep, c, s) => c),
            ["add-missing"] = () => Lstm(added: (add, keep, g) => g),
            ["coupled-gates"] = () => Lstm(added: (add, keep, g) => Times(1 - keep, g)),
            ["state-for-cell"] = () => Lstm(kept: (keep, c, s) => Times(keep, s)),
            ["cell-for-state"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, c, c, k, a, o, g)),
            ["candidate-sigmoid"] = () => Lstm(squash: Logistic),
            ["gate-tanh"] = () => Lstm(open: v => v.PointwiseTanh()),
            ["gate-not-squashed"] = () => Lstm(open: v => v),
            ["show-missing"] = () => Lstm(shown: (show, c_i, c) => c_i.PointwiseTanh()),
            ["cell-tanh-missing"] = () => Lstm(shown: (show, c_i, c) => Times(show, c_i)),
            ["old-cell-shown"] = () => Lstm(shown: (show, c_i, c) => Times(show, c.PointwiseTanh())),
            ["returned-swapped"] = () =>
                Lstm(
                    step: (x, s, c, k, a, o, g) =>
                        RightLstm(x, s, c, k, a, o, g) is var (state, cell) ? (cell, state) : default
                ),
            ["keep-inverted/lstm"] = () => Lstm(kept: (keep, c, s) => Times(1 - keep, c)),
            ["candidate-subtracted"] = () => Lstm(added: (add, keep, g) => -Times(add, g)),
            ["candidate-not-squashed"] = () => Lstm(squash: v => v),
            ["tanh-outside"] = () => Lstm(shown: (show, c_i, c) => Times(show, c_i).PointwiseTanh()),
            ["cell-sigmoid"] = () => Lstm(shown: (show, c_i, c) => Times(show, Logistic(c_i))),
            ["previous-state-missing"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, 0 * s, c, k, a, o, g)),
            ["biases-missing"] = () =>
                Lstm(
                    step: (x, s, c, k, a, o, g) =>
                        RightLstm(
                            x,
                            s,
                            c,
                            k with
                            {
                                b = 0 * k.b,
                            },
                            a with
                            {
                                b = 0 * a.b,
                            },
                            o with
                            {
                                b = 0 * o.b,
                            },
                            g with
                            {
                                b = 0 * g.b,
                            }
                        )
                ),
            ["w-transposed"] = () =>
                Lstm(
                    step: (x, s, c, k, a, o, g) =>
                        RightLstm(
                            x,
                            s,
                            c,
                            k with
                            {
                                W = k.W.Transpose(),
                            },
                            a with
                            {
                                W = a.W.Transpose(),
                            },
                            o with
                            {
                                W = o.W.Transpose(),
                            },
                            g with
                            {
                                W = g.W.Transpose(),
                            }
                        )
                ),
            ["keep-for-add"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, k, k, o, g)),
            ["keep-for-show"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, k, a, k, g)),
            ["add-for-keep"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, a, a, o, g)),
            ["add-for-show"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, k, a, a, g)),
            ["show-for-keep"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, o, a, o, g)),
            ["show-for-add"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, k, o, o, g)),
            ["gates-mixed-up/round"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, a, o, k, g)),
            ["gates-mixed-up/candidate"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(x, s, c, k, g, o, a)),
            ["cell-not-returned/the state twice"] = () =>
                Lstm(
                    step: (x, s, c, k, a, o, g) =>
                        RightLstm(x, s, c, k, a, o, g) is var (state, _) ? (state, state) : default
                ),
            ["cell-not-returned/tanh"] = () =>
                Lstm(
                    step: (x, s, c, k, a, o, g) =>
                        RightLstm(x, s, c, k, a, o, g) is var (state, cell) ? (state, cell.PointwiseTanh()) : default
                ),
            ["cell-not-returned/the old one"] = () =>
                Lstm(step: (x, s, c, k, a, o, g) => (RightLstm(x, s, c, k, a, o, g).s_i, c)),
            ["not-finite/lstm"] = () =>
                Lstm(
                    step: (x, s, c, k, a, o, g) =>
                        RightLstm(x, s, c, k, a, o, g) is var (state, cell) ? (state / 0.0, cell) : default
                ),
            ["shapes/lstm"] = () => Lstm(step: (x, s, c, k, a, o, g) => RightLstm(s, x, c, k, a, o, g)),
            ["missing/lstm"] = () => Lstm(step: (x, s, c, k, a, o, g) => (s, null!)),
            ["changed/lstm"] = () =>
                Lstm(
                    step: (x, s, c, k, a, o, g) =>
                    {
                        var result = RightLstm(x, s, c, k, a, o, g);
                        c.Clear();
                        return result;
                    }
                ),
            ["off-over-steps"] = () => Check.LstmStep(OnlyTheFirstCallIsRight()),
            ["shape/lstm"] = () => Lstm(step: (x, s, c, k, a, o, g) => (x, c)),
            ["keep-inverted"] = () => Gru(mixed: (keep, s, n) => Times(1 - keep, s) + Times(keep, n)),
            ["without-reset"] = () => Gru(past: (g, s, reset) => (g.W * s) + g.b_W!),
            ["reset-before-w"] = () => Gru(past: (g, s, reset) => (g.W * Times(reset, s)) + g.b_W!),
            ["second-bias-missing"] = () => Gru(past: (g, s, reset) => Times(reset, g.W * s)),
            ["second-bias-outside"] = () => Gru(past: (g, s, reset) => Times(reset, g.W * s) + g.b_W!),
            ["old-added-whole"] = () => Gru(mixed: (keep, s, n) => s + Times(1 - keep, n)),
            ["candidate-added-whole"] = () => Gru(mixed: (keep, s, n) => Times(keep, s) + n),
            ["keep-reset-swapped"] = () => Check.GruStep((x, s, keep, reset, g) => RightGru(x, s, reset, keep, g)),
            ["gate-tanh/gru"] = () => Gru(open: v => v.PointwiseTanh()),
            ["candidate-sigmoid/gru"] = () => Gru(squash: Logistic),
            ["wrong-sign/gru"] = () => Gru(mixed: (keep, s, n) => Times(keep, s) - Times(1 - keep, n)),
            ["reset-inverted"] = () => Gru(past: (g, s, reset) => Times(1 - reset, (g.W * s) + g.b_W!)),
            ["keep-for-reset"] = () =>
                Check.GruStep(
                    (x, s, keep, reset, g) =>
                    {
                        var k = Logistic(keep.Sum(x, s));
                        return Times(k, s)
                            + Times(1 - k, ((g.U * x) + g.b + Times(k, (g.W * s) + g.b_W!)).PointwiseTanh());
                    }
                ),
            ["reset-for-keep"] = () => Check.GruStep((x, s, keep, reset, g) => RightGru(x, s, reset, reset, g)),
            ["reset-on-candidate"] = () =>
                Check.GruStep(
                    (x, s, keep, reset, g) =>
                    {
                        var k = Logistic(keep.Sum(x, s));
                        return Times(k, s)
                            + Times(1 - k, Times(Logistic(reset.Sum(x, s)), (g.Sum(x, s) + g.b_W!).PointwiseTanh()));
                    }
                ),
            ["first-bias-missing"] = () =>
                Check.GruStep((x, s, keep, reset, g) => RightGru(x, s, keep, reset, g with { b = 0 * g.b })),
            ["first-bias-inside"] = () =>
                Check.GruStep(
                    (x, s, keep, reset, g) => RightGru(x, s, keep, reset, g with { b = 0 * g.b, b_W = g.b + g.b_W! })
                ),
            ["candidate-not-squashed/gru"] = () => Gru(squash: v => v),
            ["keep-twice"] = () => Gru(mixed: (keep, s, n) => Times(keep, s) + Times(keep, n)),
            ["old-left-out"] = () => Gru(mixed: (keep, s, n) => Times(1 - keep, n)),
            ["old-left-out/candidate alone"] = () => Gru(mixed: (keep, s, n) => n),
            ["plain-cell"] = () => Check.CellParameters((D, H) => H * (D + H + 1), null),
            ["candidate-forgotten"] = () => Check.CellParameters((D, H) => 3 * H * (D + H + 1), null),
            ["two-biases"] = () => Check.CellParameters((D, H) => 4 * H * (D + H + 2), null),
            ["biases-forgotten"] = () => Check.CellParameters((D, H) => 4 * H * (D + H), null),
            ["w-forgotten"] = () => Check.CellParameters((D, H) => 4 * H * (D + 1), null),
            ["open/counts"] = () => Check.CellParameters((D, H) => 4 * H * (D + H + 1), null),
            ["second-bias-forgotten"] = () =>
                Check.CellParameters((D, H) => 4 * H * (D + H + 1), (D, H) => 3 * H * (D + H + 1)),
            ["open/gru blank"] = () =>
                Check.CellParameters((D, H) => 4 * H * (D + H + 1), (_, _) => throw new NotImplementedException()),
            ["sets-and-biases/gru zero"] = () => Check.CellParameters((D, H) => 4 * H * (D + H + 1), (_, _) => 0),
            ["one-set-too-many"] = () => Check.CellParameters((D, H) => 5 * H * (D + H + 1), null),
            ["one-set-too-many/gru"] = () =>
                Check.CellParameters((D, H) => 4 * H * (D + H + 1), (D, H) => 4 * H * (D + H + 1)),
            ["candidate-forgotten/gru with b_W"] = () =>
                Check.CellParameters((D, H) => 4 * H * (D + H + 1), (D, H) => (2 * H * (D + H + 1)) + H),
            ["u-forgotten"] = () => Check.CellParameters((D, H) => 4 * H * (H + 1), null),
            ["sizes-swapped"] = () => Check.CellParameters((D, H) => 4 * D * (D + H + 1), null),
            ["bias-is-a-vector"] = () => Check.CellParameters((D, H) => (4 * H * (D + H)) + 4, null),
            ["bias-is-a-vector/one for all"] = () => Check.CellParameters((D, H) => (4 * H * (D + H)) + H, null),
            ["bias-is-a-vector/gru"] = () =>
                Check.CellParameters((D, H) => 4 * H * (D + H + 1), (D, H) => (3 * H * (D + H + 1)) + 1),
            ["cells-swapped"] = () =>
                Check.CellParameters((D, H) => (3 * H * (D + H + 1)) + H, (D, H) => 4 * H * (D + H + 1)),
            ["mixed-up/input squared"] = () => Check.CellParameters((D, H) => 4 * ((H * D) + (D * D) + H), null),
            ["count-differs"] = () => Check.CellParameters((D, H) => 4 * H * (D + H + 1), (D, H) => D + H),
            ["not-normalised"] = () => Check.AttentionByHand([3, 1, 3], 160 / 7.0),
            ["root-forgotten"] = () => Check.AttentionByHand([0.4521, 0.0956, 0.4521], 160 / 7.0),
            ["scores"] = () => Check.AttentionByHand([1.0986, 0, 1.0986], 160 / 7.0),
            ["uniform"] = () => Check.AttentionByHand([0.333, 0.333, 0.333], 160 / 7.0),
            ["exp-missing"] = () => Check.AttentionByHand([0.5, 0, 0.5], 160 / 7.0),
            ["hard"] = () => Check.AttentionByHand([1, 0, 0], 10),
            ["shape/attention"] = () => Check.AttentionByHand([0.5, 0.5], 160 / 7.0),
            ["not-finite/attention"] = () => Check.AttentionByHand([double.NaN, 0, 0], 160 / 7.0),
            ["integer-division"] = () => Check.AttentionByHand([3 / 7, 1 / 7, 3 / 7], 160 / 7.0),
            ["dot-products"] = () => Check.AttentionByHand([1.554, 0, 1.554], 160 / 7.0),
            ["divided-by-a"] = () => Check.AttentionByHand([0.4065, 0.187, 0.4065], 160 / 7.0),
            ["multiplied-by-root"] = () => Check.AttentionByHand([9 / 19.0, 1 / 19.0, 9 / 19.0], 160 / 7.0),
            ["third-key"] = () => Check.AttentionByHand([0.6, 0.2, 0.2], 16),
            ["third-key/twice"] = () => Check.AttentionByHand([3 / 13.0, 1 / 13.0, 9 / 13.0], 160 / 7.0),
            ["percent"] = () => Check.AttentionByHand([42.9, 14.3, 42.9], 160 / 7.0),
            ["other-order"] = () => Check.AttentionByHand([0.143, 0.429, 0.429], 160 / 7.0),
            ["share-differs/attention"] = () => Check.AttentionByHand([0.2, 0.3, 0.5], 160 / 7.0),
            ["open/attention"] = () => Check.AttentionByHand([3 / 7.0, 1 / 7.0, 3 / 7.0], null),
            ["unweighted"] = () => Check.AttentionByHand([3 / 7.0, 1 / 7.0, 3 / 7.0], 80),
            ["divided-by-three"] = () => Check.AttentionByHand([3 / 7.0, 1 / 7.0, 3 / 7.0], 53.33),
            ["plain-mean"] = () => Check.AttentionByHand([3 / 7.0, 1 / 7.0, 3 / 7.0], 26.67),
            ["sum"] = () => Check.AttentionByHand([0.434, 0.138, 0.434], 160 / 7.0),
            ["one-value"] = () => Check.AttentionByHand([3 / 7.0, 1 / 7.0, 3 / 7.0], 30),
            ["not-finite/NaN"] = () => Check.AttentionByHand([3 / 7.0, 1 / 7.0, 3 / 7.0], double.NaN),
            ["not-divided"] = () => Check.AttentionByHand([3 / 7.0, 1 / 7.0, 3 / 7.0], 160),
            ["context-differs"] = () => Check.AttentionByHand([3 / 7.0, 1 / 7.0, 3 / 7.0], 7),
        };

    public static IReadOnlyDictionary<string, Func<Feedback>> Right { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["LSTM, gate by gate"] = () => Lstm(),
            ["LSTM, in float"] = () =>
                Check.LstmStep(
                    (x, s, c, k, a, o, g) =>
                        RightLstm(x, s, c, k, a, o, g) is var (state, cell) ? (state * (1 + 1e-7), cell) : default
                ),
            ["GRU, gate by gate"] = () => Gru(),
            ["LSTM, its tanh by the sigmoid"] = () => Lstm(squash: v => (2 * Logistic(2 * v)) - 1),
            ["GRU, as a way from the new to the old"] = () => Gru(mixed: (keep, s, n) => n + Times(keep, s - n)),
            ["counts, summed otherwise"] = () =>
                Check.CellParameters((D, H) => 4 * ((H * D) + (H * H) + H), (D, H) => (3 * H * (D + H)) + (4 * H)),
            ["attention, to two digits"] = () => Check.AttentionByHand([0.43, 0.14, 0.43], 160 / 7.0),
            ["attention, rounded"] = () => Check.AttentionByHand([0.429, 0.143, 0.429], 160 / 7.0),
        };

    public static IReadOnlyList<Feedback> Blanks =>
        [
            Check.LstmStep(null),
            Check.LstmStep((_, _, _, _, _, _, _) => throw new NotImplementedException()),
            Check.LstmStep((_, _, _, _, _, _, _) => default),
            Check.GruStep(null),
            Check.GruStep((_, _, _, _, _) => null!),
            Gru(past: (g, s, _) => (g.W * s) + g.b_W!, mixed: (keep, s, n) => Times(1 - keep, s) + Times(keep, n)),
            Check.CellParameters(null, null),
            Check.CellParameters((_, _) => throw new NotImplementedException(), (_, _) => 1),
            Check.AttentionByHand(null, null),
        ];

    // The steps as a learner writes them, in parts that can each be wrong.
    private static Feedback Lstm(
        Func<Vector<double>, Vector<double>>? open = null,
        Func<Vector<double>, Vector<double>>? squash = null,
        Func<Vector<double>, Vector<double>, Vector<double>, Vector<double>>? kept = null,
        Func<Vector<double>, Vector<double>, Vector<double>, Vector<double>>? added = null,
        Func<Vector<double>, Vector<double>, Vector<double>, Vector<double>>? shown = null,
        Check.LstmStepMethod? step = null
    ) =>
        Check.LstmStep(
            step
                ?? (
                    (x, s, c, k, a, o, g) =>
                    {
                        Vector<double> Opened(Gate gate) => (open ?? Logistic)((gate.U * x) + (gate.W * s) + gate.b);
                        var (keep, add, show) = (Opened(k), Opened(a), Opened(o));
                        var candidate = (squash ?? (v => v.PointwiseTanh()))((g.U * x) + (g.W * s) + g.b);
                        var c_i =
                            (kept?.Invoke(keep, c, s) ?? Times(keep, c))
                            + (added?.Invoke(add, keep, candidate) ?? Times(add, candidate));
                        return (shown?.Invoke(show, c_i, c) ?? Times(show, c_i.PointwiseTanh()), c_i);
                    }
                )
        );

    private static Feedback Gru(
        Func<Vector<double>, Vector<double>>? open = null,
        Func<Vector<double>, Vector<double>>? squash = null,
        Func<Gate, Vector<double>, Vector<double>, Vector<double>>? past = null,
        Func<Vector<double>, Vector<double>, Vector<double>, Vector<double>>? mixed = null
    ) =>
        Check.GruStep(
            (x, s, k, r, g) =>
            {
                Vector<double> Opened(Gate gate) => (open ?? Logistic)((gate.U * x) + (gate.W * s) + gate.b);
                var (keep, reset) = (Opened(k), Opened(r));
                var n = (squash ?? (v => v.PointwiseTanh()))(
                    (g.U * x) + g.b + (past?.Invoke(g, s, reset) ?? Times(reset, (g.W * s) + g.b_W!))
                );
                return mixed?.Invoke(keep, s, n) ?? (Times(keep, s) + Times(1 - keep, n));
            }
        );

    private static (Vector<double> s_i, Vector<double> c_i) RightLstm(
        Vector<double> x,
        Vector<double> s,
        Vector<double> c,
        Gate k,
        Gate a,
        Gate o,
        Gate g
    )
    {
        var c_i = Times(Logistic(k.Sum(x, s)), c) + Times(Logistic(a.Sum(x, s)), g.Sum(x, s).PointwiseTanh());
        return (Times(Logistic(o.Sum(x, s)), c_i.PointwiseTanh()), c_i);
    }

    private static Vector<double> RightGru(Vector<double> x, Vector<double> s, Gate k, Gate r, Gate g)
    {
        var (keep, reset) = (Logistic(k.Sum(x, s)), Logistic(r.Sum(x, s)));
        return Times(keep, s) + Times(1 - keep, ((g.U * x) + g.b + Times(reset, (g.W * s) + g.b_W!)).PointwiseTanh());
    }

    private static Check.LstmStepMethod OnlyTheFirstCallIsRight()
    {
        var calls = 0;
        return (x, s, c, k, a, o, g) =>
            calls++ == 0 ? RightLstm(x, s, c, k, a, o, g) : RightLstm(x, 0 * s, c, k, a, o, g);
    }

    private static Vector<double> Logistic(Vector<double> v) => v.Map(a => 1 / (1 + Math.Exp(-a)));

    private static Vector<double> Times(Vector<double> a, Vector<double> b) => a.PointwiseMultiply(b);
}
