using System.Reflection;
using System.Runtime.CompilerServices;

namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>Tells whether an awaiter waits for a method of a cell, which ends by itself once the cell is interrupted,
/// or for anything else, which may never complete.</summary>
/// <remarks>.NET doesn't expose this, so the fields of its own awaiters are read. If that finds nothing, the answer is
/// no.</remarks>
internal static class AwaitedMethod
{
    // A ConfiguredValueTaskAwaiter holds a ValueTask, which holds the awaited object.
    private const int Nesting = 2;

    /// <summary>Whether an awaiter waits for an asynchronous method or iterator of a cell.</summary>
    public static bool IsOfCell(INotifyCompletion awaiter) =>
        Find(awaiter, Nesting) is { } awaited && IsOfCell(awaited);

    private static object? Find(object holder, int nesting)
    {
        if (holder.GetType().Assembly != typeof(object).Assembly)
        {
            return null;
        }

        foreach (
            var field in holder
                .GetType()
                .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        )
        {
            var isValue = field.FieldType.IsValueType;
            if ((isValue && nesting == 0) || field.FieldType.IsPrimitive || field.GetValue(holder) is not { } value)
            {
                continue;
            }

            if ((isValue ? Find(value, nesting - 1) : value) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // The task of an asynchronous method is a generic class over the method's state machine; an asynchronous iterator
    // is its own state machine. Assemblies of cells have no location, since they are loaded from memory.
    private static bool IsOfCell(object awaited) =>
        awaited
            .GetType()
            .GetGenericArguments()
            .Prepend(awaited.GetType())
            .Any(type => type.IsAssignableTo(typeof(IAsyncStateMachine)) && type.Assembly.Location.Length == 0);
}
