namespace SmartRadio.Audio.Levels;

/// <summary>The lowest of the last so many values, at a constant cost a value.</summary>
internal sealed class SlidingMinimum(int length)
{
    // Rising values and when each came: one that is higher than a later one can never be the lowest again.
    private readonly (long At, float Value)[] _candidates = new (long, float)[length];
    private int _head;
    private int _count;
    private long _now;

    public float Next(float value)
    {
        _now++;
        if (_count > 0 && _candidates[_head].At <= _now - length)
        {
            _head = (_head + 1) % length;
            _count--;
        }

        while (_count > 0 && _candidates[(_head + _count - 1) % length].Value >= value)
        {
            _count--;
        }

        _candidates[(_head + _count) % length] = (_now, value);
        _count++;
        return _candidates[_head].Value;
    }
}
