namespace SmartRadio.Controller;

/// <summary>
/// New moons and the sun's place, by Jean Meeus, "Astronomical Algorithms", 2nd edition, 1998, chapters 25 and 49; the slowing
/// of the earth by Espenak and Meeus, "Five Millennium Canon of Solar Eclipses", 2006. Exact to about 20 seconds for the moon.
/// Days are <see cref="DateOnly.DayNumber"/>.
/// </summary>
internal static class Astronomy
{
    /// <summary>Julian ephemeris day of 1 January 2000, noon.</summary>
    private const double Epoch = 2451545;
    private const double DaysOfCentury = 36525;
    private const double MonthsOfCentury = 1236.85;
    private const double DaysOfMonth = 29.530588861;

    /// <summary>The Julian day number of 1 January 1, noon.</summary>
    private const int DayZero = 1721426;

    /// <summary>Sizes in days and factors of E, M, M', F and the node, in the order of Meeus' table 49.A.</summary>
    private static readonly (double Size, int Eccentric, int Sun, int Moon, int Latitude, int Node)[] Terms =
    [
        (-0.40720, 0, 0, 1, 0, 0), (0.17241, 1, 1, 0, 0, 0), (0.01608, 0, 0, 2, 0, 0), (0.01039, 0, 0, 0, 2, 0),
        (0.00739, 1, -1, 1, 0, 0), (-0.00514, 1, 1, 1, 0, 0), (0.00208, 2, 2, 0, 0, 0), (-0.00111, 0, 0, 1, -2, 0),
        (-0.00057, 0, 0, 1, 2, 0), (0.00056, 1, 1, 2, 0, 0), (-0.00042, 0, 0, 3, 0, 0), (0.00042, 1, 1, 0, 2, 0),
        (0.00038, 1, 1, 0, -2, 0), (-0.00024, 1, -1, 2, 0, 0), (-0.00017, 0, 0, 0, 0, 1), (-0.00007, 0, 2, 1, 0, 0),
        (0.00004, 0, 0, 2, -2, 0), (0.00004, 0, 3, 0, 0, 0), (0.00003, 0, 1, 1, -2, 0), (0.00003, 0, 0, 2, 2, 0),
        (-0.00003, 0, 1, 1, 2, 0), (0.00003, 0, -1, 1, 2, 0), (-0.00002, 0, -1, 1, -2, 0), (-0.00002, 0, 1, 3, 0, 0),
        (0.00002, 0, 0, 4, 0, 0),
    ];

    /// <summary>Sizes in millionths of a day, degrees at the epoch and degrees a month: what the planets do.</summary>
    private static readonly (double Size, double Start, double Speed)[] Planets =
    [
        (325, 299.77, 0.107408), (165, 251.88, 0.016321), (164, 251.83, 26.651886), (126, 349.42, 36.412478),
        (110, 84.66, 18.206239), (62, 141.74, 53.303771), (60, 207.14, 2.453732), (56, 154.84, 7.306860),
        (47, 34.52, 27.261239), (42, 207.19, 0.121824), (40, 291.34, 1.844379), (37, 161.72, 24.198154),
        (35, 239.56, 25.513099), (23, 331.55, 3.592518),
    ];

    /// <summary>The number of a new moon at most a month from a day.</summary>
    public static int NewMoonNear(DateOnly day) => (int)Math.Round((day.DayNumber + DayZero - Epoch) / DaysOfMonth);

    /// <summary>The local day of a new moon.</summary>
    /// <param name="moon">0 = that of 6 January 2000.</param>
    public static int DayOfNewMoon(int moon)
    {
        var instant = NewMoon(moon);
        return (int)Math.Floor(instant - Slowing(instant) + 0.5 + Offset(instant)) - DayZero;
    }

    /// <summary>The sun's apparent longitude at the local midnight in which a day begins, 0 to 360 degrees.</summary>
    public static double SunAtMidnight(int day)
    {
        double noon = day + DayZero;
        var t = (noon - 0.5 - Offset(noon) + Slowing(noon) - Epoch) / DaysOfCentury;
        var anomaly = Radians(357.52911 + (t * (35999.05029 - (0.0001537 * t))));
        var centre = ((1.914602 - (t * (0.004817 + (0.000014 * t)))) * Math.Sin(anomaly))
            + ((0.019993 - (0.000101 * t)) * Math.Sin(2 * anomaly)) + (0.000289 * Math.Sin(3 * anomaly));
        var longitude = 280.46646 + (t * (36000.76983 + (0.0003032 * t))) + centre - 0.00569
            - (0.00478 * Math.Sin(Radians(125.04 - (1934.136 * t))));
        return longitude - (360 * Math.Floor(longitude / 360));
    }

    /// <summary>A new moon as a Julian ephemeris day.</summary>
    private static double NewMoon(int moon)
    {
        var t = moon / MonthsOfCentury;
        var (t2, t3, t4) = (t * t, t * t * t, t * t * t * t);
        var mean = 2451550.09766 + (DaysOfMonth * moon) + (0.00015437 * t2) - (0.000000150 * t3) + (0.00000000073 * t4);
        var eccentricity = 1 - (0.002516 * t) - (0.0000074 * t2);
        var sun = Radians(2.5534 + (29.10535670 * moon) - (0.0000014 * t2) - (0.00000011 * t3));
        var anomaly = Radians(
            201.5643 + (385.81693528 * moon) + (0.0107582 * t2) + (0.00001238 * t3) - (0.000000058 * t4));
        var latitude = Radians(
            160.7108 + (390.67050284 * moon) - (0.0016118 * t2) - (0.00000227 * t3) + (0.000000011 * t4));
        var node = Radians(124.7746 - (1.56375588 * moon) + (0.0020672 * t2) + (0.00000215 * t3));
        var terms = Terms.Sum(term => term.Size * Math.Pow(eccentricity, term.Eccentric)
            * Math.Sin((term.Sun * sun) + (term.Moon * anomaly) + (term.Latitude * latitude) + (term.Node * node)));
        var planets = Planets.Sum(term => term.Size * 1e-6 * Math.Sin(Radians(
            term.Start + (term.Speed * moon) - (term.Speed == Planets[0].Speed ? 0.009173 * t2 : 0))));
        return mean + terms + planets;
    }

    /// <summary>Local time before universal time, in days.</summary>
    private static double Offset(double julianDay) => julianDay switch
    {
        // Beijing's own noon until 1928, and UTC+8 until 1967.
        < 2425612.5 => (7 + (45 / 60.0) + (40 / 3600.0)) / 24,
        < 2439856.5 => 8 / 24.0,
        _ => 7 / 24.0,
    };

    /// <summary>Ephemeris time before universal time, in days, from 1900 to 2150.</summary>
    private static double Slowing(double julianDay)
    {
        var year = 2000 + ((julianDay - Epoch) / 365.25);
        var seconds = year switch
        {
            < 1920 => Polynomial(year - 1900, -2.79, 1.494119, -0.0598939, 0.0061966, -0.000197),
            < 1941 => Polynomial(year - 1920, 21.20, 0.84493, -0.076100, 0.0020936),
            < 1961 => Polynomial(year - 1950, 29.07, 0.407, -1 / 233.0, 1 / 2547.0),
            < 1986 => Polynomial(year - 1975, 45.45, 1.067, -1 / 260.0, -1 / 718.0),
            < 2005 => Polynomial(year - 2000, 63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599),
            < 2050 => Polynomial(year - 2000, 62.92, 0.32217, 0.005589),
            _ => Polynomial((year - 1820) / 100, -20, 0, 32) - (0.5628 * (2150 - year)),
        };
        return seconds / 86400;
    }

    private static double Polynomial(double x, params ReadOnlySpan<double> factors)
    {
        var sum = 0.0;
        for (var index = factors.Length - 1; index >= 0; index--)
        {
            sum = (sum * x) + factors[index];
        }

        return sum;
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
