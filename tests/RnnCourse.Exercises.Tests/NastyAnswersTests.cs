using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Checking;

namespace RnnCourse.Exercises.Tests;

/// <summary>Every check, found by reflection, is given answers that make no sense. Any verdict is allowed, but it must
/// return a feedback.</summary>
public sealed class NastyAnswersTests
{
    private const int Variants = 12;

    public static TheoryData<string, int> Answers =>
        [
            .. from method in Checks()
            from variant in Enumerable.Range(0, Variants)
            select new TheoryDataRow<string, int>(method.Name, variant),
        ];

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_check_gives_feedback_whatever_it_is_handed(string check, int variant)
    {
        Nasty.CalledOutside.Clear();
        foreach (var method in Checks().Where(method => method.Name == check))
        {
            object?[] arguments =
            [
                .. method.GetParameters().Select((parameter, i) => Nasty.Of(parameter.ParameterType, variant + i)),
            ];
            var feedback = Assert.IsType<Feedback>(method.Invoke(null, arguments));
            Assert.NotEmpty(feedback.Message);
            Assert.Contains("</div>", feedback.Hint().Hint().Solution().ToHtml(), StringComparison.Ordinal);
            Assert.False(feedback.Fault is "endless" or "waiting", feedback.Message);
            Assert.Empty(Nasty.CalledOutside);
        }
    }

    private static IEnumerable<MethodInfo> Checks() =>
        typeof(Check)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(Feedback) && !method.IsGenericMethod);

    /// <summary>Values of any type that a learner could hand over by mistake; another one for each variant.</summary>
    private static class Nasty
    {
        /// <summary>Code of the learner that this check called without saying so: its time would have no
        /// limit.</summary>
        public static ConcurrentBag<string> CalledOutside => Outside.Value ??= [];

        private static readonly AsyncLocal<ConcurrentBag<string>?> Outside = new();
        private static readonly double[] Numbers = [0, double.NaN, double.NegativeInfinity, 1e300, -1, double.Epsilon];
        private static readonly string?[] Texts = ["", "fish", null, "they  swim", "\0\ud800", "the FISH swim,"];

        public static object? Of(Type type, int variant)
        {
            if (Nullable.GetUnderlyingType(type) is { } inner)
            {
                return variant % 4 == 3 ? null : Of(inner, variant);
            }

            if (typeof(Delegate).IsAssignableFrom(type))
            {
                return variant % Variants == 11 ? null : Method(type, variant);
            }

            if (type == typeof(double))
            {
                return Pick(Numbers, variant);
            }

            if (type == typeof(int))
            {
                return Pick([0, -1, int.MaxValue, int.MinValue, 1, 7], variant);
            }

            if (type == typeof(long))
            {
                return Pick([0L, -1L, long.MaxValue, long.MinValue, 1L, 7L], variant);
            }

            if (type == typeof(bool))
            {
                return variant % 2 == 0;
            }

            if (type == typeof(string))
            {
                return Pick(Texts, variant);
            }

            if (type.IsEnum)
            {
                return Enum.ToObject(type, Pick([0, 1, 2, 99, -1], variant));
            }

            if (type == typeof(Vector<double>))
            {
                return variant % 5 == 4 ? null : Vector<double>.Build.Dense(1 + (variant % 4), Pick(Numbers, variant));
            }

            if (type == typeof(Matrix<double>))
            {
                return variant % 5 == 4
                    ? null
                    : Matrix<double>.Build.Dense(1 + (variant % 3), 1 + (variant % 2), Pick(Numbers, variant));
            }

            if (type == typeof(VanillaRnn))
            {
                return Spoilt(
                    new VanillaRnn(
                        Pick([13, 1, 13, 4], variant),
                        1 + (variant % 9),
                        Pick([7, 2, 7, 5], variant),
                        new SeededRandom(1)
                    ),
                    variant
                );
            }

            if (type == typeof(SharedNetwork))
            {
                return Spoilt(
                    new SharedNetwork(
                        Pick([13, 1, 13, 4], variant),
                        Pick([50, 1, 8, 2], variant),
                        Pick([7, 2, 7, 5], variant),
                        new SeededRandom(1)
                    ),
                    variant
                );
            }

            if (type == typeof(FunctionPerStep))
            {
                return Spoilt(
                    new FunctionPerStep(
                        Pick([13, 1, 13], variant),
                        2,
                        Pick([7, 2], variant),
                        1 + (variant % 7),
                        new SeededRandom(1)
                    ),
                    variant
                );
            }

            if (type == typeof(TinySentences.Sentence))
            {
                return Pick([TinySentences.Tag("they", "fish"), new([], []), new(["fish"], ["NOUN", "VERB"])], variant);
            }

            return type.IsArray ? Many(type.GetElementType()!, variant)
                : type.IsGenericType
                && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]))
                && type.GetGenericArguments().Length == 1
                    ? Own(type.GetGenericArguments()[0], Many(type.GetGenericArguments()[0], variant))
                : Made(type, variant);
        }

        private static Array? Many(Type element, int variant)
        {
            if (variant % 7 == 6)
            {
                return null;
            }

            var array = Array.CreateInstance(element, Pick([0, 1, 3, 6], variant));
            for (var i = 0; i < array.Length; i++)
            {
                array.SetValue(Of(element, variant + i), i);
            }

            return array;
        }

        // The same list, of a class that the learner wrote.
        private static object? Own(Type element, Array? items) =>
            items is null ? null : Activator.CreateInstance(typeof(OwnList<>).MakeGenericType(element), items);

        // Of the parts of the library's own objects, learners write only an example's lists.
        private static object? Part(Type whole, object? part) =>
            part is IOwnList own && whole != typeof(GradientDescent.Example) ? own.Items : part;

        private static void Note(string what)
        {
            if (!Attempt.IsInLearnersCode)
            {
                CalledOutside.Add(what);
            }
        }

        private interface IOwnList
        {
            Array Items { get; }
        }

        private sealed class OwnList<T>(T[] items) : IReadOnlyList<T>, IOwnList
        {
            public Array Items => items;

            public int Count
            {
                get
                {
                    Note("Count of a list");
                    return items.Length;
                }
            }

            public T this[int index]
            {
                get
                {
                    Note("an item of a list");
                    return items[index];
                }
            }

            public IEnumerator<T> GetEnumerator()
            {
                Note("the enumerator of a list");
                return ((IEnumerable<T>)items).GetEnumerator();
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        // A record or a tuple is made of nasty parts, if its constructor accepts them.
        private static object? Made(Type type, int variant)
        {
            try
            {
                return type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)
                        is { } constructor
                    && variant % 6 != 5
                        ? constructor.Invoke([
                            .. constructor
                                .GetParameters()
                                .Select((parameter, i) => Part(type, Of(parameter.ParameterType, variant + i))),
                        ])
                    : type.IsValueType ? Activator.CreateInstance(type)
                    : null;
            }
            catch (TargetInvocationException)
            {
                return null;
            }
        }

        private static ISequenceNetwork Spoilt(ISequenceNetwork network, int variant)
        {
            if (variant % 3 == 1)
            {
                foreach (var parameter in network.Parameters)
                {
                    Array.Fill(parameter.Values, Pick(Numbers, variant));
                }
            }

            return network;
        }

        // Throws, or returns something nasty or one of its own arguments.
        private static Delegate Method(Type type, int variant)
        {
            var invoke = type.GetMethod("Invoke")!;
            var parameters = invoke
                .GetParameters()
                .Select(parameter => Expression.Parameter(parameter.ParameterType))
                .ToArray();
            Func<object?[], object?> deed = (variant % 4) switch
            {
                0 => _ => throw new InvalidTimeZoneException("nothing to do with it"),
                1 => arguments =>
                    arguments.FirstOrDefault(invoke.ReturnType.IsInstanceOfType) ?? Of(invoke.ReturnType, variant),
                _ => _ => Of(invoke.ReturnType, variant),
            };
            Func<object?[], object?> noted = arguments =>
            {
                Note($"the {type.Name}");
                return deed(arguments);
            };
            var call = Expression.Invoke(
                Expression.Constant(noted),
                Expression.NewArrayInit(
                    typeof(object),
                    parameters.Select(parameter => Expression.Convert(parameter, typeof(object)))
                )
            );
            return Expression.Lambda(type, Expression.Convert(call, invoke.ReturnType), parameters).Compile();
        }

        private static T Pick<T>(IReadOnlyList<T> values, int variant) => values[variant % values.Count];
    }
}
