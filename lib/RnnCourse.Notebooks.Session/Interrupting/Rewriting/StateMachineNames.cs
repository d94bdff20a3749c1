using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>Recognizes the fields that the compiler makes for the state machines of <c>async</c> methods, by their
/// names.</summary>
/// <param name="reader">The metadata to which tokens refer.</param>
internal sealed class StateMachineNames(MetadataReader reader)
{
    /// <summary>Whether a field holds the state of a state machine.</summary>
    public bool IsState(int token) => NameOf(token) == "<>1__state";

    /// <summary>Whether it is the field through which a state machine reports its end.</summary>
    public bool IsBuilder(int token) => NameOf(token) is "<>t__builder" or "<>v__promiseOfValueOrEnd";

    /// <summary>Whether it may hold an exception while a <c>finally</c> block awaits.</summary>
    public bool IsPending(int token) => NameOf(token).StartsWith("<>7__wrap", StringComparison.Ordinal);

    // In a generic state machine, fields are named by references.
    private string NameOf(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        return handle.Kind switch
        {
            HandleKind.FieldDefinition => reader.GetString(
                reader.GetFieldDefinition((FieldDefinitionHandle)handle).Name
            ),
            HandleKind.MemberReference => reader.GetString(
                reader.GetMemberReference((MemberReferenceHandle)handle).Name
            ),
            _ => "",
        };
    }
}
