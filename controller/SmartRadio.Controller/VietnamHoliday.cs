namespace SmartRadio.Controller;

/// <summary>
/// Public holidays of Viet Nam by article 112 of the Labour Code of 2019. The second days off at Tết and on 2 September are
/// chosen each year by the government and not known here.
/// </summary>
public enum VietnamHoliday
{
    NewYear,
    Tet,
    HungKings,
    Reunification,
    Labour,
    National,
}
