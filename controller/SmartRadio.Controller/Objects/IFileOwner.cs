namespace SmartRadio.Controller.Objects;

/// <summary>A room whose rows own files. What no room owns was left by an interrupted work.</summary>
public interface IFileOwner
{
    /// <summary>Names of the files and folders that rows own.</summary>
    Task<OwnedFiles> OwnedAsync(CancellationToken cancellationToken);
}

/// <param name="Bulletins">Names below the folder of bulletins.</param>
/// <param name="Objects">Ids of objects.</param>
public sealed record OwnedFiles(IReadOnlyCollection<string> Bulletins, IReadOnlyCollection<string> Objects);
