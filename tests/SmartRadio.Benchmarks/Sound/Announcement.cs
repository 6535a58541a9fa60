namespace SmartRadio.Benchmarks.Sound;

/// <summary>What the loudspeakers of a commune say.</summary>
internal static class Announcement
{
    /// <summary>Of espeak-ng: north, centre, south.</summary>
    public static IReadOnlyList<string> Voices { get; } = ["vi", "vi-vn-x-central", "vi-vn-x-south"];

    /// <summary>About 40 s.</summary>
    public const string Text =
        "Kính thưa bà con nhân dân trong xã. Sáng nay Ủy ban nhân dân xã thông báo lịch tiêm phòng cho trẻ em tại trạm y tế. "
        + "Mời bà con đến đúng giờ, mang theo sổ tiêm chủng. Từ chiều nay trời chuyển mưa to, nước sông lên nhanh. "
        + "Bà con ở ven sông, ven suối cần chuyển đồ đạc lên cao, không đi qua ngầm tràn, không vớt củi khi có lũ. "
        + "Hợp tác xã báo lịch lấy nước vào đồng cho vụ đông xuân, các thôn cử người dọn kênh mương từ sáng mai. "
        + "Trường tiểu học xã cho học sinh nghỉ học ngày thứ bảy. Xin trân trọng cảm ơn bà con đã chú ý lắng nghe.";
}
