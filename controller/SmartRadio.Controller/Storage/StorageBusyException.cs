namespace SmartRadio.Controller.Storage;

/// <summary>The database was held for longer than anybody waits, by this program's own changes.</summary>
public sealed class StorageBusyException() : Exception("The database was held for too long.");
