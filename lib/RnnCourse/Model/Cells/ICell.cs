using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Model.Cells;

/// <summary>One step of a cell for one sequence: the elementwise part, after the matrix products.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>Written once, compiled once for each width of registers. <see cref="CellRunner"/> chooses the width
/// and loops over the sequences.</remarks>
internal interface ICell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>From the gates and the previous state to the state.</summary>
    static abstract void Forward<TSimd, TVector>(in CellStep<T> step)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged;

    /// <summary>From the state's gradient to the gates', written over the gates.</summary>
    static abstract void Backward<TSimd, TVector>(in CellStep<T> step)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged;
}

/// <summary>The data of one step that a cell reads and writes, one column for each sequence. The pointers start at the
/// first sequence.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct CellStep<T>
    where T : unmanaged
{
    /// <summary>H, the numbers in a state.</summary>
    public int H;

    /// <summary>The numbers in a column of gates: gates·H.</summary>
    public int GateRows;

    /// <summary>The number of remaining sequences, this one included.</summary>
    public int Columns;

    /// <summary>The distance in columns to the step that is computed next; negative if it lies before.</summary>
    public nint Ahead;

    /// <summary>b in the forward step, its gradient, which is added to, in the backward step; shape
    /// (gates·H).</summary>
    public T* Bias;

    /// <summary>U in the forward step, its gradient, which is added to, in the backward step; shape (URows, D). Read
    /// for one-hot inputs only.</summary>
    public T* U;

    /// <summary>How many of the gates' rows U reaches: the first ones.</summary>
    public int URows;

    /// <summary>The one-hot inputs, shape (Columns), negative for none; null if the inputs are numbers and U x is in
    /// the gates already.</summary>
    public int* Symbols;

    /// <summary>As many zeros as U has rows.</summary>
    public T* Zeros;

    /// <summary>The gates, shape (gates·H, Columns): sums without the bias before the forward step, activations after
    /// it, gradients of the sums after the backward step.</summary>
    public T* Gates;

    /// <summary>s_{t−1}, shape (H, Columns).</summary>
    public T* PreviousState;

    /// <summary>s_t, shape (H, Columns).</summary>
    public T* State;

    /// <summary>The gradient of s_{t−1}, shape (H, Columns); for the backward step.</summary>
    public T* PreviousStateGradient;

    /// <summary>The gradient of s_t, shape (H, Columns); for the backward step.</summary>
    public T* StateGradient;

    /// <summary>c_{t−1}, shape (H, Columns); LSTM only, as are those below.</summary>
    public T* PreviousCell;

    /// <summary>c_t, shape (H, Columns).</summary>
    public T* Cell;

    /// <summary>tanh(c_t), shape (H, Columns).</summary>
    public T* CellTanh;

    /// <summary>The gradient of c_t before the backward step and of c_{t−1} after it, shape (H, Columns).</summary>
    public T* CellGradient;

    /// <summary>What a one-hot input adds to the gates: a column of U, or zeros.</summary>
    public readonly T* FromInput => Symbols != null && *Symbols >= 0 ? U + ((nint)(*Symbols) * URows) : Zeros;

    /// <summary>Where the gates' gradients are summed: in the looked-up column of U's gradient, of which the bias's
    /// gradient gets the sum later, or in the bias's.</summary>
    public readonly T* InputGradient => Symbols != null && *Symbols >= 0 ? U + ((nint)(*Symbols) * URows) : Bias;

    /// <summary>Moves the pointers to the next sequence.</summary>
    public void NextColumn()
    {
        Columns--;
        if (Symbols != null)
        {
            Symbols++;
        }

        Gates += GateRows;
        PreviousState += H;
        State += H;
        PreviousStateGradient += H;
        StateGradient += H;
        PreviousCell += H;
        Cell += H;
        CellTanh += H;
        CellGradient += H;
    }
}

/// <summary>Runs a cell's step for each sequence, on the widest registers of this machine.</summary>
internal static class CellRunner
{
    /// <summary>Runs the forward step.</summary>
    public static void Forward<TCell, T>(CellStep<T> step)
        where TCell : struct, ICell<T>
        where T : unmanaged, IFloatingPointIeee754<T> => WidestRegisters.Run<ForwardLoop<TCell, T>, T>(new(step));

    /// <summary>Runs the backward step.</summary>
    public static void Backward<TCell, T>(CellStep<T> step)
        where TCell : struct, ICell<T>
        where T : unmanaged, IFloatingPointIeee754<T> => WidestRegisters.Run<BackwardLoop<TCell, T>, T>(new(step));

    private readonly struct ForwardLoop<TCell, T>(CellStep<T> first) : ISimdLoop<T>
        where TCell : struct, ICell<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            for (var step = first; step.Columns > 0; step.NextColumn())
            {
                TCell.Forward<TSimd, TVector>(step);
            }
        }
    }

    private readonly struct BackwardLoop<TCell, T>(CellStep<T> first) : ISimdLoop<T>
        where TCell : struct, ICell<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            for (var step = first; step.Columns > 0; step.NextColumn())
            {
                TCell.Backward<TSimd, TVector>(step);
            }
        }
    }
}

/// <summary>Reads, writes and nonlinearities of one register's numbers, for the cells.</summary>
/// <remarks>The nonlinearities are accurate to a few units in the last place, for numbers near zero as well.</remarks>
internal static unsafe class RegisterMath<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads a register, or what is left of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(T* source, int left) =>
        left >= TSimd.Lanes ? TSimd.Load(source) : TSimd.LoadFirst(source, left);

    /// <summary>Writes a register, or what is left of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, TVector value, int left)
    {
        if (left >= TSimd.Lanes)
        {
            TSimd.Store(target, value);
        }
        else
        {
            TSimd.StoreFirst(target, value, left);
        }
    }

    /// <summary>sum += value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(T* sum, TVector value, int left) => Store(sum, TSimd.Add(Load(sum, left), value), left);

    /// <summary>Prefetches what will be read a step later into the second-level cache. The address need not be
    /// valid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(T* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
        }
    }

    /// <summary>Prefetches the same place in each of four gates, which lie <paramref name="H"/> numbers
    /// apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchFour(T* address, nint H)
    {
        Fetch(address);
        Fetch(address + H);
        Fetch(address + (2 * H));
        Fetch(address + (3 * H));
    }

    /// <summary>σ(x) = 1 / (1 + e^−x), as 1 / (2 + (e^−x − 1)). Below −87 (single) or −708 (double) it keeps its value
    /// there, which is almost 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x)
    {
        var e =
            typeof(T) == typeof(float)
                ? ExpMinusOne(TSimd.Clamp(TSimd.Subtract(TSimd.Constant(0), x), -87, 87))
                : ExpMinusOne(TSimd.Clamp(TSimd.Subtract(TSimd.Constant(0), x), -708, 708));
        return TSimd.Divide(TSimd.Constant(1), TSimd.Add(e, TSimd.Constant(2)));
    }

    /// <summary>tanh(x) = e / (e + 2) with e = e^2x − 1. From ±20 on it rounds to ±1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        var e = ExpMinusOne(TSimd.Clamp(TSimd.Add(x, x), -40, 40));
        return TSimd.Divide(e, TSimd.Add(e, TSimd.Constant(2)));
    }

    /// <summary>e^x for x of at most 0; 0 where the result is smaller than any positive number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNegative(TVector x)
    {
        // (e^(x/2))², because 2ⁿ is made of the exponent's bits, which end where numbers lose precision; the square
        // underflows as it should.
        var half = TSimd.Multiply(x, TSimd.Constant(0.5));
        var root = typeof(T) == typeof(float) ? Exp(TSimd.Clamp(half, -87, 87)) : Exp(TSimd.Clamp(half, -708, 708));
        return TSimd.Multiply(root, root);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpMinusOne(TVector x)
    {
        var p = Series(x, out var power);
        return TSimd.MultiplyAdd(power, p, TSimd.Subtract(power, TSimd.Constant(1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Exp(TVector x)
    {
        var p = Series(x, out var power);
        return TSimd.MultiplyAdd(power, p, power);
    }

    // With x = n ln 2 + r and |r| ≤ ln 2 / 2: e^x − 1 = 2ⁿ (e^r − 1) + (2ⁿ − 1), and e^r − 1 = r + r² (1/2! + r/3! +
    // r²/4! + …), the series taken as far as the last bit needs it. Adding 1.5 · 2²³ (1.5 · 2⁵² in double precision)
    // rounds to a whole number. ln 2 is taken off in two parts, the first of so few bits that n times it is exact.
    // Returns e^r − 1 and 2ⁿ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Series(TVector x, out TVector power)
    {
        var single = typeof(T) == typeof(float);
        var rounder = single ? TSimd.Constant(12582912) : TSimd.Constant(6755399441055744);
        var mostOfLn2 = single ? TSimd.Constant(-0.693359375) : TSimd.Constant(-0.693145751953125);
        var restOfLn2 = single ? TSimd.Constant(2.12194440054690583e-4) : TSimd.Constant(-1.42860682030941723e-6);
        var shifted = TSimd.MultiplyAdd(x, TSimd.Constant(1.4426950408889634), rounder);
        var n = TSimd.Subtract(shifted, rounder);
        var r = TSimd.MultiplyAdd(n, restOfLn2, TSimd.MultiplyAdd(n, mostOfLn2, x));
        var p = TSimd.Constant(1 / 5040.0);
        if (!single)
        {
            p = TSimd.MultiplyAdd(r, TSimd.Constant(1 / 6227020800.0), TSimd.Constant(1 / 479001600.0));
            p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 39916800.0));
            p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 3628800.0));
            p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 362880.0));
            p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 40320.0));
            p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 5040.0));
        }

        p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 720.0));
        p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 120.0));
        p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 24.0));
        p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 6.0));
        p = TSimd.MultiplyAdd(r, p, TSimd.Constant(1 / 2.0));
        power = TSimd.PowerOfTwo(shifted);
        return TSimd.MultiplyAdd(TSimd.Multiply(r, r), p, r);
    }
}

/// <summary>Nonlinearities of the gates: adds up the parts of each sum and applies the function, on contiguous
/// numbers.</summary>
internal static unsafe class GateActivation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>a ← σ(a + b + u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sigmoid<TSimd, TVector>(T* a, T* b, T* u, nint count)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        for (nint k = 0; k < count; k += TSimd.Lanes)
        {
            var left = (int)(count - k);
            var sum = TSimd.Add(
                RegisterMath<TSimd, TVector, T>.Load(a + k, left),
                TSimd.Add(
                    RegisterMath<TSimd, TVector, T>.Load(b + k, left),
                    RegisterMath<TSimd, TVector, T>.Load(u + k, left)
                )
            );
            RegisterMath<TSimd, TVector, T>.Store(a + k, RegisterMath<TSimd, TVector, T>.Sigmoid(sum), left);
        }
    }

    /// <summary>y ← tanh(a + b + u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh<TSimd, TVector>(T* a, T* b, T* u, T* y, nint count)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        for (nint k = 0; k < count; k += TSimd.Lanes)
        {
            var left = (int)(count - k);
            var sum = TSimd.Add(
                RegisterMath<TSimd, TVector, T>.Load(a + k, left),
                TSimd.Add(
                    RegisterMath<TSimd, TVector, T>.Load(b + k, left),
                    RegisterMath<TSimd, TVector, T>.Load(u + k, left)
                )
            );
            RegisterMath<TSimd, TVector, T>.Store(y + k, RegisterMath<TSimd, TVector, T>.Tanh(sum), left);
        }
    }
}

/// <summary>e to the power of many numbers.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>Used in place of <c>TensorPrimitives.Exp</c>, which starts unoptimised: a hundred times slower on 512-bit
/// registers, and on a busy machine for seconds, longer than most trainings of the course take. The results agree up to
/// the last bits.</remarks>
internal static unsafe class Exponential<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x ← e^x, number by number: 0 for −∞, NaN for NaN. For numbers of at most 0.</summary>
    public static void OfNegative(Span<T> x)
    {
        fixed (T* first = x)
        {
            WidestRegisters.Run<Loop, T>(new(first, x.Length));
        }
    }

    private readonly struct Loop(T* x, nint count) : ISimdLoop<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            for (nint k = 0; k < count; k += TSimd.Lanes)
            {
                var left = (int)(count - k);
                RegisterMath<TSimd, TVector, T>.Store(
                    x + k,
                    RegisterMath<TSimd, TVector, T>.ExpOfNegative(RegisterMath<TSimd, TVector, T>.Load(x + k, left)),
                    left
                );
            }
        }
    }
}
