namespace SmartRadio.Controller.Storage;

/// <summary>
/// Columns that the program works out of others in a way that SQL cannot. A start renews them: rows of an older version have
/// none, and the way may have changed.
/// </summary>
public interface IDerivedColumns
{
    /// <summary>Writes only rows whose columns differ.</summary>
    Task RenewAsync(RadioDb db, CancellationToken cancellationToken);
}
