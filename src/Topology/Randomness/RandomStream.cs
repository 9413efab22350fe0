namespace Topology.Randomness;

/// <summary>
/// The generator of the whole product: SplitMix64 (Steele, Lea and Flood 2014) with a per-stream odd increment,
/// so that a stream costs 16 bytes and is a pure function of its key. Equal keys give equal draws on every machine.
/// A mutable struct: keep it in a field and draw from the field.
/// </summary>
public struct RandomStream
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state;
    private readonly ulong _gamma;

    private RandomStream(ulong state, ulong gamma)
    {
        _state = state;
        _gamma = gamma;
    }

    /// <summary>The stream of a purpose of an entity in one replication of an experiment.</summary>
    /// <param name="entity">Stable identity, such as a node index or the hash of a link's name.</param>
    /// <param name="purpose">What is drawn; see <see cref="StreamPurpose"/>.</param>
    /// <param name="index">Distinguishes draws that must not depend on one another's number, such as handovers of a node.</param>
    public static RandomStream For(ulong seed, long replication, ulong entity, StreamPurpose purpose, long index = 0)
    {
        var key = Mix(seed + GoldenGamma);
        key = Mix(key ^ ((ulong)replication + GoldenGamma));
        key = Mix(key ^ (entity + (GoldenGamma << 1)));
        key = Mix(key ^ (((ulong)purpose << 48) + (ulong)index + GoldenGamma));
        return new RandomStream(key, MixGamma(key + GoldenGamma));
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64() => Mix(_state += _gamma);

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on (0, 1): never 0, so its logarithm is finite.</summary>
    public double NextOpenDouble() => ((NextUInt64() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Uniform on 0 .. <paramref name="bound"/> - 1, without bias (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (uint)bound;
        var product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            var threshold = (uint)-bound % range;
            while ((uint)product < threshold)
                product = (NextUInt64() >> 32) * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>The finaliser of SplitMix64 (Stafford's variant 13): a bijection of 64 bits.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong MixGamma(ulong z)
    {
        z = (z ^ (z >> 33)) * 0xFF51AFD7ED558CCD;
        z = (z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53;
        z = (z ^ (z >> 33)) | 1;
        return System.Numerics.BitOperations.PopCount(z ^ (z >> 1)) < 24 ? z ^ 0xAAAAAAAAAAAAAAAA : z;
    }
}

/// <summary>What a stream is for. The numbers are part of every result: never renumber, only append.</summary>
public enum StreamPurpose : ushort
{
    SharedDelay = 1,
    LinkDelay = 2,
    LinkLoss = 3,
    LinkJitter = 4,
    Movement = 5,
    LinkSwitch = 6,
    Nonce = 7,
    Dwell = 8,
    Crypto = 9,
    Bench = 10,
    MovementDetection = 11,
    DuplicateAddressDetection = 12,
    Anticipation = 13,
    Fault = 14,
    Topology = 15,
    Traffic = 16,
    Discovery = 17,
    LinkDuplication = 18,
    LinkReordering = 19,
    LinkCorruption = 20,
}
