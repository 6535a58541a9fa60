namespace SmartRadio.Controller.Changes;

/// <summary>Keeps in memory what the database holds, and reads it before the first message is taken.</summary>
public interface ILoadAtStart
{
    Task LoadAsync(CancellationToken cancellationToken);
}
