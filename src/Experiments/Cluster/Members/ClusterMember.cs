using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Actor.Setup;
using Experiments.Cli;
using Experiments.Cluster.Protocol;
using static Experiments.Cluster.Protocol.ClusterMessage;

namespace Experiments.Cluster.Members;

/// <summary>
/// This process in a cluster: one ActorSystem, in which simulations run beside it, since outside a logical process its scheduler
/// is in real time. At first it only listens; then it founds a cluster, or joins one whose gate has let it in.
/// </summary>
internal sealed class ClusterMember : IDisposable
{
    private const string SystemName = "handover";
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan JoinedWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(8);
    private readonly Akka.Cluster.Cluster _cluster;

    private ClusterMember(ActorSystem system, ClusterSettings settings, MemberFacts facts)
    {
        (System, Settings, Facts) = (system, settings, facts);
        _cluster = Akka.Cluster.Cluster.Get(system);
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "left in order", () =>
        {
            HasLeft = CoordinatedShutdown.Get(system).ShutdownReason is not (CoordinatedShutdown.ClusterDowningReason or null);
            return Task.FromResult(Akka.Done.Instance);
        });
    }

    public ActorSystem System { get; }

    public ClusterSettings Settings { get; }

    public MemberFacts Facts { get; }

    /// <summary><c>host:port</c></summary>
    public string Address => Gate.Text(_cluster.SelfAddress);

    /// <summary>The other members that were last known.</summary>
    public IReadOnlyList<string> Others =>
        [.. _cluster.State.Members.Select(member => member.Address).Where(address => address != _cluster.SelfAddress).Select(Gate.Text)];

    /// <summary>It left because it wanted to.</summary>
    public bool HasLeft { get; private set; }

    /// <exception cref="UsageException">It cannot listen, or its certificate is none.</exception>
    public static ClusterMember Start(ClusterSettings settings, string engine)
    {
        var setup = BootstrapSetup.Create().WithConfig(settings.Configuration);
        try
        {
            var system = ActorSystem.Create(SystemName, settings.Authority is { } authority ? ActorSystemSetup.Create(setup, authority.Setup()) : ActorSystemSetup.Create(setup));
            return new ClusterMember(system, settings, MemberFacts.OfThisProcess(engine, settings.PretendedVersion));
        }
        catch (Exception problem) when (problem is not UsageException)
        {
            var cause = problem.GetBaseException();
            throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"handover: cannot listen at {settings.Host}:{settings.Configuration.GetInt("akka.remote.dot-netty.tcp.port")}: {cause.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Choose another --port (0 for any free one) or --host."));
        }
    }

    /// <summary>The gate that lets others in. Make it before founding or joining.</summary>
    /// <param name="member">Null where this process computes nothing.</param>
    /// <param name="mayFound">See <see cref="Gate"/>.</param>
    public void OpenGate(IActorRef? member, bool mayFound = false)
    {
        var facts = Facts;
        System.ActorOf(Props.Create(() => new Gate(facts, member, mayFound)), Gate.Name);
    }

    public void Found() => _cluster.Join(_cluster.SelfAddress);

    /// <summary>
    /// Asks the seeds in turn to be let in, and joins the first that does. False when that came to nothing, because the cluster was
    /// just falling apart for one: start anew, since this ActorSystem may be half a member.
    /// </summary>
    /// <param name="seeds"><c>host:port</c></param>
    /// <param name="within">Until when a seed must have answered.</param>
    /// <exception cref="UsageException">A seed refuses this version, or none answers in time.</exception>
    public bool Join(IReadOnlyList<string> seeds, TimeSpan within, CancellationToken stop)
    {
        var role = _cluster.SelfRoles.Single();
        var began = Stopwatch.GetTimestamp();
        do
        {
            foreach (var seed in seeds)
            {
                // The gate may have founded a cluster meanwhile.
                if (stop.IsCancellationRequested || !_cluster.State.Members.IsEmpty)
                    return true;
                var target = AddressOf(seed);
                switch (Ask(target, new Knock(Facts, role)))
                {
                    case Refused refused:
                        throw new UsageException($"{seed}: {refused.Reason}");
                    case Admitted:
                        return Joined(target, stop);
                }
            }

            stop.WaitHandle.WaitOne(Pause);
        }
        while (Stopwatch.GetElapsedTime(began) < within && !stop.IsCancellationRequested);

        return stop.IsCancellationRequested
            ? true
            : throw new UsageException($"{string.Join(", ", seeds)}: no member answers. Start one with handover node, and name it as it names itself.");
    }

    /// <summary>Whether none of the seeds is in this member's cluster while one of them would let it into its own.</summary>
    public bool IsApartFrom(IReadOnlyList<string> seeds)
    {
        var targets = seeds.Select(AddressOf).ToList();
        return !targets.Exists(target => target == _cluster.SelfAddress || _cluster.State.Members.Any(member => member.Address == target))
            && targets.Exists(target => Ask(target, new Knock(Facts, _cluster.SelfRoles.Single())) is Admitted);
    }

    /// <summary>The answer of a member's gate; null when there is none.</summary>
    public ClusterMessage? Ask(Address target, ClusterMessage question)
    {
        try
        {
            return System.ActorSelection(new RootActorPath(target) / "user" / Gate.Name).Ask<ClusterMessage>(question, Answer).GetAwaiter().GetResult();
        }
        catch (Exception silence) when (silence is AskTimeoutException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <exception cref="UsageException">The text is no address.</exception>
    public Address AddressOf(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
            throw new UsageException($"'{text}' is no address of a member. Write HOST:PORT, such as 127.0.0.1:4020.");
        var host = ClusterSettings.Numeric(text[..colon]);
        if (!ClusterSettings.IsLoopback(host) && ClusterSettings.IsLoopback(Settings.Host))
            throw new UsageException($"{text} cannot answer {Settings.Host}, which is this machine for itself only. Add --host with an address that it can reach.");
        return new Address(Settings.Protocol, SystemName, host, port);
    }

    /// <summary>Leaves in order, so that nobody takes it for lost, and ends the ActorSystem.</summary>
    public void Leave()
    {
        if (System.WhenTerminated.IsCompleted)
            return;
        CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance).Wait(LeaveWithin);
    }

    public void Dispose()
    {
        if (!System.WhenTerminated.IsCompleted)
            System.Terminate().Wait(LeaveWithin);
    }

    private bool Joined(Address target, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(JoinedWithin);
        var joining = _cluster.JoinAsync(target, patience.Token);
        try
        {
            Task.WhenAny(joining, System.WhenTerminated).GetAwaiter().GetResult();
            return joining.IsCompletedSuccessfully || stop.IsCancellationRequested;
        }
        finally
        {
            // Whatever else becomes of it, nobody waits for it any more.
            joining.ContinueWith(static failed => failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
        }
    }
}
