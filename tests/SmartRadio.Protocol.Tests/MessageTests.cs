namespace SmartRadio.Protocol.Tests;

public class MessageTests
{
    public static TheoryData<Specimen> Specimens => Tests.Specimens.All;

    [Theory]
    [MemberData(nameof(Specimens))]
    public void Message_comes_back_as_it_went(Specimen specimen) => Assert.Equal(specimen.Bytes, specimen.Reread(specimen.Bytes));

    [Theory]
    [MemberData(nameof(Specimens))]
    public void Message_fits_the_largest_message(Specimen specimen) =>
        Assert.InRange(specimen.Bytes.Length, 1, WireSizes.MaxMessage);

    [Theory]
    [MemberData(nameof(Specimens))]
    public void Message_cut_anywhere_is_rejected(Specimen specimen)
    {
        for (var length = 0; length < specimen.Bytes.Length; length++)
        {
            Assert.Null(specimen.Reread(specimen.Bytes[..length]));
        }
    }

    [Theory]
    [MemberData(nameof(Specimens))]
    public void Message_with_a_tail_is_rejected(Specimen specimen)
    {
        Assert.Null(specimen.Reread([.. specimen.Bytes, 0]));
        Assert.Null(specimen.Reread([.. specimen.Bytes, .. specimen.Bytes]));
    }

    [Theory]
    [MemberData(nameof(Specimens))]
    public void Message_with_any_bit_flipped_is_rejected_or_another(Specimen specimen)
    {
        for (var bit = 0; bit < specimen.Bytes.Length * 8; bit++)
        {
            var flipped = specimen.Bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.NotEqual(specimen.Bytes, specimen.Reread(flipped));
        }
    }

    [Theory]
    [MemberData(nameof(Specimens))]
    public void Message_made_of_chance_never_throws(Specimen specimen)
    {
        var random = new Random(specimen.Kind.Length);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            specimen.Reread(bytes);

            // And valid up to a place.
            var half = specimen.Bytes.ToArray();
            random.NextBytes(half.AsSpan(random.Next(half.Length)));
            specimen.Reread(half);
        }
    }
}
