using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;
using Topology.Randomness;

namespace Actors.Security.Keys;

/// <summary>
/// Key material of a simulated network, a pure function of the experiment's seed: equal streams give equal keys on every
/// machine. FOR SIMULATION ONLY: whoever knows the seed knows the keys, and no more than 64 bits are unknown.
/// </summary>
public sealed class SimulationRandom : SecureRandom
{
    private RandomStream _stream;

    public SimulationRandom(RandomStream stream)
        : base(new NoOtherSource()) => _stream = stream;

    /// <summary>The source for the keys of one entity.</summary>
    /// <param name="entity">Stable identity, such as a node index.</param>
    /// <param name="index">Distinguishes keys that must not depend on one another's number.</param>
    public static SimulationRandom For(ulong seed, long replication, ulong entity, long index = 0) =>
        new(RandomStream.For(seed, replication, entity, StreamPurpose.Crypto, index));

    public override void NextBytes(Span<byte> buffer)
    {
        while (buffer.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, _stream.NextUInt64());
            buffer = buffer[sizeof(ulong)..];
        }

        if (buffer.IsEmpty)
            return;
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(last, _stream.NextUInt64());
        last[..buffer.Length].CopyTo(buffer);
    }

    public override void NextBytes(byte[] buf) => NextBytes(buf.AsSpan());

    public override void NextBytes(byte[] buf, int off, int len) => NextBytes(buf.AsSpan(off, len));

    public override byte[] GenerateSeed(int length)
    {
        var seed = new byte[length];
        NextBytes(seed.AsSpan());
        return seed;
    }

    public override void GenerateSeed(Span<byte> seed) => NextBytes(seed);

    /// <summary>Stirs the seed in, reproducibly.</summary>
    public override void SetSeed(long seed) =>
        _stream = RandomStream.For(_stream.NextUInt64(), 0, (ulong)seed, StreamPurpose.Crypto);

    public override void SetSeed(byte[] seed) => SetSeed(seed.AsSpan());

    public override void SetSeed(Span<byte> inSeed)
    {
        SetSeed(inSeed.Length);
        foreach (var octet in inSeed)
            SetSeed(octet);
    }

    public override int Next() => (int)(_stream.NextUInt64() >> 33);

    public override int Next(int maxValue) => maxValue == 0 ? 0 : _stream.NextInt32(maxValue);

    public override int Next(int minValue, int maxValue) => checked((int)NextInt64(minValue, maxValue));

    public override int NextInt() => (int)(_stream.NextUInt64() >> 32);

    public override long NextLong() => (long)_stream.NextUInt64();

    public override long NextInt64() => (long)(_stream.NextUInt64() >> 1);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxValue, minValue);
        var range = (ulong)(maxValue - minValue);
        if (range == 0)
            return minValue;
        var unbiased = ulong.MaxValue - ulong.MaxValue % range;
        ulong draw;
        do
            draw = _stream.NextUInt64();
        while (draw >= unbiased);
        return minValue + (long)(draw % range);
    }

    public override double NextDouble() => _stream.NextDouble();

    public override float NextSingle() => (_stream.NextUInt64() >> 40) * (1.0f / (1 << 24));

    protected override double Sample() => _stream.NextDouble();

    /// <summary>Every draw is overridden above; one that is not must fail, not fall back to the machine's entropy.</summary>
    private sealed class NoOtherSource : IRandomGenerator
    {
        private static InvalidOperationException Unseeded => new("a draw that does not come from the experiment's seed");

        public void AddSeedMaterial(byte[] seed) => throw Unseeded;

        public void AddSeedMaterial(ReadOnlySpan<byte> seed) => throw Unseeded;

        public void AddSeedMaterial(long seed) => throw Unseeded;

        public void NextBytes(byte[] bytes) => throw Unseeded;

        public void NextBytes(byte[] bytes, int start, int len) => throw Unseeded;

        public void NextBytes(Span<byte> bytes) => throw Unseeded;
    }
}
