namespace SmartRadio.Controller.Templates;

/// <summary>What communes announce most, for a commune that has no templates of its own yet.</summary>
internal static class BuiltInTemplates
{
    public static IReadOnlyList<TemplateRow> All { get; } =
    [
        Of("vaccination", "Lịch tiêm chủng", """
            Kính thưa bà con. Trạm y tế [xã/phường] tổ chức tiêm chủng cho [đối tượng] vào [giờ] ngày [ngày], tại [địa điểm].
            Đề nghị bà con đưa con em đi đúng giờ và mang theo sổ tiêm chủng.
            """),
        Of("power-cut", "Thông báo cắt điện", """
            Điện lực [tên điện lực] thông báo: từ [giờ bắt đầu] đến [giờ kết thúc] ngày [ngày]
            sẽ ngừng cung cấp điện tại [khu vực], để [lý do].
            Bà con chủ động sắp xếp sinh hoạt, sản xuất và rút các thiết bị điện không cần thiết.
            """),
        Of("water-cut", "Thông báo ngừng cấp nước", """
            Từ [giờ bắt đầu] đến [giờ kết thúc] ngày [ngày], khu vực [khu vực] ngừng cấp nước để [lý do].
            Đề nghị bà con dự trữ nước đủ dùng trong thời gian trên.
            """),
        Of("meeting", "Mời họp thôn", """
            Kính mời đại diện các hộ gia đình [thôn/tổ dân phố] đến dự họp vào [giờ] ngày [ngày], tại [địa điểm].
            Nội dung: [nội dung]. Đề nghị bà con đến đông đủ, đúng giờ.
            """),
        Of("crops", "Lịch thời vụ", """
            Kính thưa bà con. Vụ [tên vụ] năm nay, lịch gieo trồng [cây trồng] từ ngày [từ ngày] đến ngày [đến ngày].
            Bà con nên dùng giống [giống], chú ý phòng trừ [sâu bệnh]. Cần hướng dẫn thêm, xin liên hệ [liên hệ].
            """),
        Of("clean-up", "Ra quân vệ sinh môi trường", """
            Hưởng ứng [phong trào], [đơn vị] tổ chức tổng vệ sinh vào [giờ] ngày [ngày], tại [địa điểm].
            Đề nghị mỗi gia đình cử một người tham gia và mang theo dụng cụ.
            """),
        Of("dengue", "Phòng chống sốt xuất huyết", """
            Trên địa bàn đã có [số ca] ca sốt xuất huyết.
            Đề nghị bà con đậy kín dụng cụ chứa nước, lật úp vật phế thải, ngủ màn cả ban ngày.
            Khi sốt cao, hãy đến ngay [cơ sở y tế] để được khám, không tự điều trị tại nhà.
            """),
        Of("allowance", "Chi trả trợ cấp", """
            Ủy ban nhân dân [xã/phường] chi trả [khoản trợ cấp] tháng [tháng] vào [giờ] ngày [ngày], tại [địa điểm].
            Người nhận mang theo căn cước công dân; người nhận thay mang theo giấy ủy quyền.
            """),
    ];

    private static TemplateRow Of(string key, string title, string text) =>
        new(key, title, text.ReplaceLineEndings("\n"), AreaId: null, IsBuiltIn: true);
}
