using System.Numerics;
using RnnCourse.Blas.Kernels;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Multiplication;

/// <summary>y ← alpha·op(A)·x + beta·y, with any distance between the elements of x and of y.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe struct Gemv<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MinProductsToShare = 1 << 18;

    private T* _a;
    private T* _x;
    private T* _y;
    private nint _stepA;
    private nint _stepX;
    private nint _stepY;
    private bool _transpose;
    private int _rows;
    private int _depth;
    private Split _parts;
    private int _unit;
    private T _alpha;
    private T _beta;

    /// <summary>Treats a product with one column, or one row, as a matrix times a vector.</summary>
    public static Gemv<T> Of(in GemmOperands<T> operands) =>
        operands.N == 1
            ? new()
            {
                _a = operands.A,
                _stepA = operands.StepA,
                _transpose = operands.TransposeA,
                _x = operands.B,
                _stepX = operands.TransposeB ? operands.StepB : 1,
                _y = operands.C,
                _stepY = 1,
                _rows = operands.M,
                _depth = operands.K,
                _alpha = operands.Alpha,
                _beta = operands.Beta,
            }
            : new()
            {
                // The one row of C is op(B)ᵀ times the one row of op(A).
                _a = operands.B,
                _stepA = operands.StepB,
                _transpose = !operands.TransposeB,
                _x = operands.A,
                _stepX = operands.TransposeA ? 1 : operands.StepA,
                _y = operands.C,
                _stepY = operands.StepC,
                _rows = operands.N,
                _depth = operands.K,
                _alpha = operands.Alpha,
                _beta = operands.Beta,
            };

    /// <summary>Computes y, on several cores if it is large.</summary>
    public void Run<TSimd, TVector>(int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        var (y, stepY) = (default(nint), default(nint));
        if (_transpose && _stepX != 1)
        {
            var x = (T*)Scratch.OfThisThread.Left((nuint)_depth * (nuint)sizeof(T));
            Move(_x, _stepX, x, 1, _depth);
            _x = x;
            _stepX = 1;
        }
        else if (!_transpose && _stepY != 1)
        {
            (y, stepY) = ((nint)_y, _stepY);
            var contiguous = (T*)Scratch.OfThisThread.Left((nuint)_rows * (nuint)sizeof(T));
            if (_beta != T.Zero)
            {
                Move(_y, _stepY, contiguous, 1, _rows);
            }

            _y = contiguous;
            _stepY = 1;
        }

        if (threads == 1 || (long)_rows * _depth < MinProductsToShare || !WorkerPool.Shared.IsLikelyToHelp)
        {
            Rows<TSimd, TVector>(0, _rows);
        }
        else
        {
            Share<TSimd, TVector>(threads);
        }

        if (y != 0)
        {
            Move(_y, 1, (T*)y, stepY, _rows);
        }
    }

    private static void Part<TSimd, TVector>(void* state, int part)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        var all = (Gemv<T>*)state;
        var first = all->_parts.Start(part) * all->_unit;
        all->Rows<TSimd, TVector>(first, Math.Min(all->_parts.Size(part) * all->_unit, all->_rows - first));
    }

    private void Share<TSimd, TVector>(int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        _unit = _transpose
            ? GemvKernels<TSimd, TVector, T>.MaxKernel
            : GemvKernels<TSimd, TVector, T>.MaxKernel * TSimd.Lanes;
        var units = (_rows + _unit - 1) / _unit;
        _parts = new Split(units, (units + threads - 1) / threads);
        fixed (Gemv<T>* self = &this)
        {
            WorkerPool.Shared.Run(_parts.Count, threads, wake: true, &Part<TSimd, TVector>, self);
        }
    }

    private readonly void Rows<TSimd, TVector>(int first, int rows)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        if (_transpose)
        {
            Dots<TSimd, TVector>(first, rows);
        }
        else
        {
            Sweeps<TSimd, TVector>(first, rows);
        }
    }

    private readonly void Dots<TSimd, TVector>(int first, int rows)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        var columns = new Split(rows, GemvKernels<TSimd, TVector, T>.MaxKernel);
        for (var i = 0; i < columns.Count; i++)
        {
            nint at = first + columns.Start(i);
            GemvKernels<TSimd, TVector, T>.DotsOf(columns.Size(i))(
                _depth,
                _a + (at * _stepA),
                _stepA,
                _x,
                _y + (at * _stepY),
                _stepY,
                _alpha,
                _beta
            );
        }
    }

    private readonly void Sweeps<TSimd, TVector>(int first, int rows)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        var registers = new Split((rows + TSimd.Lanes - 1) / TSimd.Lanes, GemvKernels<TSimd, TVector, T>.MaxKernel);
        for (var i = 0; i < registers.Count; i++)
        {
            var start = registers.Start(i) * TSimd.Lanes;
            var beyond = Math.Max(0, start + (registers.Size(i) * TSimd.Lanes) - rows);
            GemvKernels<TSimd, TVector, T>.SweepOf(registers.Size(i))(
                _depth,
                _a + first + start,
                _stepA,
                _x,
                _stepX,
                _y + first + start,
                _alpha,
                _beta,
                TSimd.Lanes - beyond
            );
        }
    }

    private static void Move(T* source, nint sourceStep, T* target, nint targetStep, int count)
    {
        for (nint i = 0; i < count; i++)
        {
            target[i * targetStep] = source[i * sourceStep];
        }
    }
}
