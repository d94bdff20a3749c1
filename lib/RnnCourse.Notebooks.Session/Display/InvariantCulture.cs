using System.Globalization;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Makes code use the invariant culture unless it names another one, so that numbers and dates look the same
/// on each machine.</summary>
public static class InvariantCulture
{
    /// <summary>Makes the invariant culture the culture and the UI culture of this thread and of all future
    /// threads.</summary>
    public static void BecomeDefault()
    {
        var invariant = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = invariant;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = invariant;
    }

    /// <summary>A note for systems without the library for cultures (ICU); null if the library is installed.</summary>
    public static string? MissingLibraryNote =>
        CultureInfo.GetCultureInfo("en-US").NumberFormat.CurrencySymbol == "$"
            ? null
            : "This .NET runs without ICU, so cultures that a cell names act as the invariant one, and Normalize() "
                + "leaves texts as they are. Install the system's ICU library (libicu), and unset "
                + "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.";
}
