namespace SmartRadio.Audio.Levels;

/// <summary>The lowest of the last so many values, at a constant cost a value.</summary>
internal sealed class SlidingMinimum(int length)
{
    // Rising values and when each came: one that is higher than a later one can never be the lowest again.
    private readonly (long At, float Value)[] candidates = new (long, float)[length];
    private int head;
    private int count;
    private long now;

    public float Next(float value)
    {
        now++;
        if (count > 0 && candidates[head].At <= now - length)
        {
            head = (head + 1) % length;
            count--;
        }

        while (count > 0 && candidates[(head + count - 1) % length].Value >= value)
        {
            count--;
        }

        candidates[(head + count) % length] = (now, value);
        count++;
        return candidates[head].Value;
    }
}
