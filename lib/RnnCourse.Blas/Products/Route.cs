using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Products;

/// <summary>Takes each product the way that suits its shape and the hardware.</summary>
internal static unsafe class Route
{
    // A tile wastes nearly all of its lanes on two rows, and packing a transposed A for two columns costs more than the
    // product: vector by vector is faster, if the vectors are long enough; for four it is slower. It depends on the
    // shape alone.
    private const int FewVectors = 2;
    private const int LeastDepth = 32;

    // Some servers have AVX-512, but .NET advises against it, for fear of a lower clock: here twice the width wins.
    private static bool Has512Bits => Vector512.IsHardwareAccelerated || Avx512F.IsSupported;

    /// <summary>Gets the bits of the widest registers that the hardware has: 512, 256 or 128; 0 if there are
    /// none.</summary>
    public static int RegisterBits =>
        Has512Bits ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Computes a product with the widest registers that the hardware has.</summary>
    public static void Widest<T>(in Product<T> product, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Has512Bits)
        {
            With<Simd512<T>, Vector512<T>, T>(product, threads);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            With<Simd256<T>, Vector256<T>, T>(product, threads);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            With<Simd128<T>, Vector128<T>, T>(product, threads);
        }
        else
        {
            With<SimdScalar<T>, T, T>(product, threads);
        }
    }

    /// <summary>Computes a product with registers of a given width.</summary>
    public static void With<TSimd, TVector, T>(in Product<T> product, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (product.M == 0 || product.N == 0)
        {
            return;
        }

        if (product.K == 0 || product.Alpha == T.Zero)
        {
            Scale(product);
        }
        else if (product.PanelsOfA is not null)
        {
            SharedProduct<T>.Run<TSimd, TVector>(product, threads);
        }
        else if (product.N == 1 || product.M == 1)
        {
            VectorProduct<T>.Of(product).Run<TSimd, TVector>(threads);
        }
        else if (product.K >= LeastDepth && product.M <= FewVectors)
        {
            RowByRow<TSimd, TVector, T>(product, threads);
        }
        else if (product.K >= LeastDepth && product.N <= FewVectors && product.TransposeA)
        {
            ColumnByColumn<TSimd, TVector, T>(product, threads);
        }
        else
        {
            SharedProduct<T>.Run<TSimd, TVector>(product, threads);
        }
    }

    /// <summary>Copies op(A), shape (rows, columns), into the panels that <see cref="Widest"/> reads.</summary>
    public static void Pack<T>(T* a, int lda, bool transposed, int rows, int columns, T* panels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var product = new Product<T>
        {
            M = rows,
            K = columns,
            A = a,
            StepA = lda,
            TransposeA = transposed,
        };
        if (Has512Bits)
        {
            PanelLayout.Fill<Simd512<T>, Vector512<T>, T>(product, panels);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            PanelLayout.Fill<Simd256<T>, Vector256<T>, T>(product, panels);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            PanelLayout.Fill<Simd128<T>, Vector128<T>, T>(product, panels);
        }
        else
        {
            PanelLayout.Fill<SimdScalar<T>, T, T>(product, panels);
        }
    }

    private static void RowByRow<TSimd, TVector, T>(in Product<T> product, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var row = product;
        row.M = 1;
        for (var i = 0; i < product.M; i++)
        {
            row.A = product.AtA(i, 0);
            row.C = product.C + i;
            VectorProduct<T>.Of(row).Run<TSimd, TVector>(threads);
        }
    }

    private static void ColumnByColumn<TSimd, TVector, T>(in Product<T> product, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var column = product;
        column.N = 1;
        for (var j = 0; j < product.N; j++)
        {
            column.B = product.AtB(0, j);
            column.C = product.C + (j * product.StepC);
            VectorProduct<T>.Of(column).Run<TSimd, TVector>(threads);
        }
    }

    private static void Scale<T>(in Product<T> product)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (product.Beta == T.One)
        {
            return;
        }

        for (var j = 0; j < product.N; j++)
        {
            var column = new Span<T>(product.C + (j * product.StepC), product.M);
            if (product.Beta == T.Zero)
            {
                column.Clear();
            }
            else
            {
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] *= product.Beta;
                }
            }
        }
    }
}
