using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker.Storage;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>What may be acknowledged when the file cannot be written.</summary>
public sealed class Write_behind : IDisposable
{
    private const string Full = "CREATE TRIGGER full BEFORE INSERT ON kept BEGIN SELECT RAISE(ABORT, 'full'); END";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mqtt-store-");
    private readonly SqliteConnection _file;
    private readonly SqliteConnection _other;

    public Write_behind()
    {
        _file = Open();
        _other = Open();
        Execute("PRAGMA journal_mode=WAL; CREATE TABLE kept (text TEXT)");
    }

    public void Dispose()
    {
        _file.Dispose();
        _other.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_could_not_be_written_is_not_promised_afterwards_and_is_tried_again()
    {
        var log = new ErrorLog();
        Execute(Full);
        await using var writer = new WriteBehind(_file, log);
        writer.Add("INSERT INTO kept VALUES ($1)", "one");
        await log.Written.WaitAsync(Patience);

        Assert.False(await CommitAsync(writer));
        writer.Add("INSERT INTO kept VALUES ($1)", "two");
        Assert.False(await CommitAsync(writer));

        Execute("DROP TRIGGER full");
        Assert.True(await CommitAsync(writer));
        Assert.Equal("one two", Execute("SELECT group_concat(text, ' ') FROM kept"));
    }

    [Fact]
    public async Task Whatever_goes_wrong_nobody_waits_for_ever()
    {
        await using var writer = new WriteBehind(_file, new ErrorLog());
        writer.Add("INSERT INTO kept VALUES ($1)", new object());

        Assert.False(await CommitAsync(writer));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_does_not_take_all_memory()
    {
        Execute(Full);
        await using var writer = new WriteBehind(_file, new ErrorLog());
        AddMegabytes(writer, 17);
        Assert.False(await writer.WaitForRoomAsync().AsTask().WaitAsync(Patience));

        AddMegabytes(writer, 48);
        Assert.False(await CommitAsync(writer));
        Assert.True(await writer.WaitForRoomAsync().AsTask().WaitAsync(Patience));

        Execute("DROP TRIGGER full");
        writer.Add("INSERT INTO kept VALUES ($1)", "two");
        Assert.True(await CommitAsync(writer));
        Assert.Equal("two", Execute("SELECT group_concat(text, ' ') FROM kept"));
    }

    private static void AddMegabytes(WriteBehind writer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            writer.Add("INSERT INTO kept VALUES ($1)", new byte[1024 * 1024]);
        }
    }

    private static Task<bool> CommitAsync(WriteBehind writer) => writer.CommitAsync().AsTask().WaitAsync(Patience);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "kept.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private object? Execute(string sql)
    {
        using var command = _other.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private sealed class ErrorLog : ILogger
    {
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Written => _written.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _written.TrySetResult();
    }
}
