using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace SmartRadio.Controller.Storage;

/// <summary>
/// Stores thousands of rows of one table. The context would follow each of them and write a command a row or two; here one
/// prepared statement takes all, with the table, the columns and the conversions of the model.
/// </summary>
public static class BulkInsert
{
    /// <summary>Stores rows in the transaction in progress. The context does not follow them.</summary>
    /// <param name="db">Of the change in progress.</param>
    /// <param name="rows">Complete, keys too.</param>
    /// <param name="cancellationToken">Ends the wait; the transaction is then to be given up.</param>
    /// <exception cref="DbException">A row breaks a rule of the table, the database is busy, or the disk is full.</exception>
    /// <exception cref="InvalidOperationException">
    /// No transaction is in progress, so some rows could be stored without the others.
    /// </exception>
    public static async Task InsertAsync<T>(this RadioDb db, IEnumerable<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("No transaction is in progress.");
        var type = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} has no table.");
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        var columns = type.GetProperties().Select((property, number) => new Column(command, property, $"@p{number}")).ToList();
        command.CommandText = TextOf(db.GetService<ISqlGenerationHelper>(), type, columns);
        await command.PrepareAsync(cancellationToken);
        foreach (var row in rows)
        {
            columns.ForEach(column => column.Take(row));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static string TextOf(ISqlGenerationHelper sql, IEntityType type, List<Column> columns)
    {
        var table = sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema());
        var names = string.Join(", ", columns.Select(column => sql.DelimitIdentifier(column.Name)));
        return $"insert into {table} ({names}) values ({string.Join(", ", columns.Select(column => column.Parameter.ParameterName))})";
    }

    private sealed class Column
    {
        private readonly IProperty _property;
        private readonly Func<object?, object?>? _convert;

        public Column(DbCommand command, IProperty property, string parameter)
        {
            _property = property;
            var mapping = property.GetRelationalTypeMapping();
            _convert = mapping.Converter?.ConvertToProvider;
            Parameter = mapping.CreateParameter(command, parameter, value: null, property.IsNullable);
            command.Parameters.Add(Parameter);
        }

        public string Name => _property.GetColumnName();

        public DbParameter Parameter { get; }

        public void Take(object row)
        {
            var value = _property.GetGetter().GetClrValueUsingContainingEntity(row);
            Parameter.Value = (_convert is null ? value : _convert(value)) ?? DBNull.Value;
        }
    }
}
