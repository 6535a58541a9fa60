using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Web.Errors;

/// <summary>Why the program does not start, in one sentence a person can act on, Vietnamese first.</summary>
internal sealed class StartFailure : Exception
{
    private const string RestoreVietnamese = "Hãy khôi phục bản sao lưu vào thư mục trống: ./run restore FILE --data DIR.";
    private const string RestoreEnglish = "Restore a back-up into an empty folder: ./run restore FILE --data DIR.";

    private StartFailure(string vietnamese, string english, Exception? inner = null)
        : base(vietnamese + Environment.NewLine + english, inner)
    {
    }

    /// <summary>What the process says to whoever started it.</summary>
    public ExitCode Exit { get; private init; } = ExitCode.Failed;

    public static StartFailure UnknownSwitch(string name) => new(
        $"SmartRadio không hiểu tham số “{name}”. Gõ ./run --help để xem các tham số.",
        $"SmartRadio does not know the switch \"{name}\". Type ./run --help to see them.");

    public static StartFailure BadValue(string name, string expected) => new(
        $"Tham số {name} cần một giá trị hợp lệ: {expected}.",
        $"The switch {name} needs a valid value: {expected}.");

    public static StartFailure DataFolder(string path, Exception inner) => new(
        $"Không ghi được vào thư mục dữ liệu “{path}” ({inner.Message}). Hãy cấp quyền ghi hoặc chọn thư mục khác bằng --data.",
        $"The data folder \"{path}\" cannot be written ({inner.Message}). Allow writing there or choose another with --data.",
        inner);

    public static StartFailure DataFolderInUse(string path) => new(
        $"Một SmartRadio khác đang dùng thư mục dữ liệu “{path}”. Hãy dừng nó hoặc chọn thư mục khác bằng --data.",
        $"Another SmartRadio is using the data folder \"{path}\". Stop it or choose another with --data.");

    public static StartFailure NoData(string path) => new(
        $"Không có dữ liệu SmartRadio trong “{path}”. Hãy chỉ đúng thư mục bằng --data.",
        $"There are no data of SmartRadio in \"{path}\". Name the right folder with --data.");

    public static StartFailure DataFolderFault(DataFaultException fault) => fault.Fault switch
    {
        DataFault.DatabaseMissing => new(
            $"Không thấy cơ sở dữ liệu, nhưng “{fault.Path}” vẫn có tệp. Chương trình không khởi động để không làm mất gì. {RestoreVietnamese}",
            $"The database is missing, but \"{fault.Path}\" holds files. The program does not start, lest it lose them. {RestoreEnglish}",
            fault)
        { Exit = ExitCode.Data },
        DataFault.DatabaseReadOnly => new(
            $"Không được phép ghi vào cơ sở dữ liệu “{fault.Path}”. Hãy cấp quyền ghi cho tài khoản chạy chương trình.",
            $"The database \"{fault.Path}\" may not be written. Give the program's account the right to write it.",
            fault)
        { Exit = ExitCode.NoPermission },
        DataFault.KeysMissing => new(
            $"Không thấy các khóa trong “{fault.Path}”; thiếu chúng thì không cụm loa nào nghe lệnh. {RestoreVietnamese}",
            $"The keys in \"{fault.Path}\" are missing; without them no loudspeaker obeys. {RestoreEnglish}",
            fault)
        { Exit = ExitCode.Data },
        DataFault.DatabaseForeign => new(
            $"Cơ sở dữ liệu trong “{fault.Path}” không biết phần lớn các tệp âm thanh ở đó: có lẽ đó là cơ sở dữ liệu khác. Chưa có gì bị xóa. {RestoreVietnamese}",
            $"The database in \"{fault.Path}\" does not know most of the sounds there: perhaps it is another one. Nothing was deleted. {RestoreEnglish}",
            fault)
        { Exit = ExitCode.Data },
        _ => new(
            $"Cơ sở dữ liệu “{fault.Path}” bị hỏng. {RestoreVietnamese}",
            $"The database \"{fault.Path}\" is damaged. {RestoreEnglish}",
            fault)
        { Exit = ExitCode.Data },
    };

    public static StartFailure Archive(string path, string reason, Exception? inner = null) => new(
        $"Không khôi phục được từ “{path}” ({reason}). Chưa có gì bị thay đổi.",
        $"\"{path}\" cannot be restored ({reason}). Nothing was changed.",
        inner)
    { Exit = ExitCode.Data };

    public static StartFailure NotEmpty(string path) => new(
        $"Thư mục “{path}” đã có dữ liệu. Hãy chọn thư mục trống bằng --data.",
        $"The folder \"{path}\" holds data already. Choose an empty one with --data.");

    public static StartFailure OldData(string path) => new(
        $"Dữ liệu trong “{path}” thuộc phiên bản cũ hơn. Hãy khởi động chương trình một lần rồi chạy lại lệnh này.",
        $"The data in \"{path}\" are of an older version. Start the program once, then run this command again.");

    public static StartFailure BadUserName(string name) => new(
        $"“{name}” không dùng làm tên đăng nhập được. Chỉ dùng chữ không dấu, chữ số và - . _ @ +.",
        $"\"{name}\" cannot be a name to sign in with. Use letters without marks, digits and - . _ @ + only.");

    public static StartFailure NameLooksTaken(string name, string other) => new(
        $"“{name}” trông giống “{other}” đã có. Hãy gõ đúng tên “{other}”, hoặc chọn tên khác hẳn.",
        $"\"{name}\" looks like \"{other}\", who is there already. Type \"{other}\" as it is, or choose another name.");

    public static StartFailure BackupFile(string path, Exception inner) => new(
        $"Không ghi được bản sao lưu “{path}” ({inner.Message}). Hãy chọn tên tệp chưa có, ở nơi ghi được.",
        $"The back-up \"{path}\" cannot be written ({inner.Message}). Choose a new file where writing is allowed.",
        inner);

    public static StartFailure PortTaken(int port, string key, string name) => new(
        $"Cổng {port} đang được chương trình khác sử dụng. Hãy dừng chương trình đó hoặc chọn cổng khác bằng {name} (khóa {key}).",
        $"Port {port} is used by another program. Stop that program or choose another port with {name} (key {key}).");

    public static StartFailure PortNotAllowed(int port, string name) => new(
        $"Không được phép mở cổng {port}. Hãy chọn cổng từ 1024 trở lên bằng {name}.",
        $"Port {port} may not be opened. Choose one from 1024 up with {name}.");

    public static StartFailure SelfSignedCertificate(string path, Exception inner) => new(
        $"Tệp chứng chỉ của máy chủ “{path}” bị hỏng hoặc không đọc được ({inner.Message}). Hãy khôi phục tệp từ bản sao lưu, hoặc xóa tệp rồi khởi động lại; khi đó thiết bị chưa ghi danh cần chứng chỉ mới và mã ghi danh mới.",
        $"The controller's certificate \"{path}\" is damaged or cannot be read ({inner.Message}). Restore it from the back-up, or delete it and start again; devices that are not enrolled yet then need the new one pasted, and new codes.",
        inner);

    public static StartFailure Setting(string key, string value) => new(
        $"Giá trị “{value}” của khóa cấu hình {key} không hợp lệ.",
        $"The value \"{value}\" of the configuration key {key} is not valid.");

    public static StartFailure Configuration(Exception inner) => new(
        "Cấu hình không hợp lệ: " + inner.Message, "The configuration is not valid: " + inner.Message, inner);

    /// <summary>
    /// The failure behind an exception, or null when it is a fault of the program that deserves its stack trace.
    /// </summary>
    public static StartFailure? From(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is StartFailure failure)
            {
                return failure;
            }

            if (inner is DataFaultException fault)
            {
                return DataFolderFault(fault);
            }

            if (inner is OptionsValidationException options)
            {
                return Configuration(options);
            }

            if (inner is TimeZoneNotFoundException)
            {
                return new(
                    "Không có múi giờ của khóa cấu hình SmartRadio:TimeZone: " + inner.Message,
                    "The time zone of the configuration key SmartRadio:TimeZone is unknown: " + inner.Message,
                    exception);
            }

            if (inner is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return new(
                    "Cổng mạng đã bị chương trình khác chiếm: " + exception.Message,
                    "A network port is used by another program: " + exception.Message,
                    exception);
            }
        }

        return null;
    }
}
