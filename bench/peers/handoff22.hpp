// The model of HANDOFF-22, which every peer runs. M mobile nodes, 16 domains, 256 routers, one anchor point (MAP) and one
// home agent (HA) per domain. A mobile node waits Exp(1 s), draws c ~ U(0, 40 ms) and a new router uniform over 256, then its
// 22 messages cross a link each and cost 0.5 ms of processing at their receiver: 44 counted events a handover, mean 111.0 ms.
// The virtual end time is E / (44 M) x 1.111 s; exactly the events up to it run.
#pragma once

#include "loop.hpp"

namespace handoff22 {

using namespace loop;

constexpr std::uint32_t Domains = 16;
constexpr std::uint32_t Routers = 256;
constexpr int Traversals = 22;
constexpr Ticks Processing = Millisecond / 2;

enum class Place : std::uint8_t { Mobile, OldRouter, OldAnchor, NewAnchor, NewRouter, HomeAgent };

struct Traversal {
    Place to;
    Ticks delay; // negative: the handover's c
};

constexpr Ticks A = 4 * Millisecond, B = 2 * Millisecond, D = 2 * Millisecond, C = -1;

constexpr Traversal Path[Traversals] = {
    {Place::OldRouter, A}, {Place::OldAnchor, B}, {Place::NewAnchor, D}, {Place::NewRouter, B}, {Place::NewAnchor, B},
    {Place::OldAnchor, D}, {Place::OldRouter, B}, {Place::Mobile, A},    {Place::OldRouter, A}, {Place::Mobile, A},
    {Place::NewRouter, A}, {Place::Mobile, A},    {Place::NewRouter, A}, {Place::NewAnchor, B}, {Place::NewRouter, B},
    {Place::Mobile, A},    {Place::NewRouter, A}, {Place::NewAnchor, B}, {Place::HomeAgent, C}, {Place::NewAnchor, C},
    {Place::NewRouter, B}, {Place::Mobile, A}};

struct Mobile {
    Stream random;
    Ticks started;
    std::int32_t c;           // ticks, below 40 ms
    std::uint16_t oldRouter;
    std::uint16_t newRouter;
    std::uint8_t step;        // traversals done; Waiting while attached and idle
    bool processing;          // --split: the message has arrived, its processing has not ended
};

constexpr std::uint8_t Waiting = 255;

struct Node {
    std::uint64_t packets;
    std::uint32_t lastMobile;
};

struct World {
    std::vector<Mobile> mobiles;
    std::vector<Node> routers, anchors, homeAgents;
    std::uint64_t handovers = 0, latency = 0, counted = 0, arrivals = 0;

    World(std::uint32_t count, std::uint64_t seed)
        : mobiles(count), routers(Routers), anchors(Domains), homeAgents(Domains) {
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto first = static_cast<std::uint16_t>(i % Routers);
            mobiles[i] = {Stream::of(seed, i), 0, 0, first, first, Waiting, false};
        }
    }

    // Router r belongs to domain r mod 16, so that a mobile node starts at home.
    void arrive(const Mobile& mobile, std::uint32_t index, Place place) {
        ++arrivals;
        switch (place) {
        case Place::Mobile: return;
        case Place::OldRouter: return touch(routers[mobile.oldRouter], index);
        case Place::NewRouter: return touch(routers[mobile.newRouter], index);
        case Place::OldAnchor: return touch(anchors[mobile.oldRouter % Domains], index);
        case Place::NewAnchor: return touch(anchors[mobile.newRouter % Domains], index);
        case Place::HomeAgent: return touch(homeAgents[index % Domains], index);
        }
    }

    static void touch(Node& node, std::uint32_t mobile) {
        ++node.packets;
        node.lastMobile = mobile;
    }

    static Ticks crossing(const Mobile& mobile) {
        const Ticks delay = Path[mobile.step].delay;
        return delay < 0 ? mobile.c : delay;
    }

    static Ticks dwell(Mobile& mobile) { return mobile.random.exponential(static_cast<double>(Second)); }

    void start(Mobile& mobile, Ticks now) {
        mobile.started = now;
        mobile.c = static_cast<std::int32_t>(40.0 * Millisecond * mobile.random.uniform());
        mobile.newRouter = static_cast<std::uint16_t>(mobile.random.below(Routers));
        mobile.step = 0;
    }

    // The last message has been processed.
    void complete(Mobile& mobile, Ticks now) {
        ++handovers;
        latency += static_cast<std::uint64_t>(now - mobile.started);
        mobile.oldRouter = mobile.newRouter;
        mobile.step = Waiting;
    }

    // The mobile node's message has been processed where it arrived; the delay until its next event without processing.
    Ticks proceed(Mobile& mobile, Ticks now) {
        if (++mobile.step < Traversals) return crossing(mobile);
        complete(mobile, now);
        return dwell(mobile);
    }

    // One event per message: it fires when processing ends.
    Ticks merged(Event event) {
        Mobile& mobile = mobiles[event.entity];
        if (mobile.step == Waiting) {
            start(mobile, event.time);
            return crossing(mobile) + Processing;
        }
        counted += 2;
        arrive(mobile, event.entity, Path[mobile.step].to);
        const Ticks next = proceed(mobile, event.time);
        return mobile.step == Waiting ? next : next + Processing;
    }

    // Two events per message: arrival, then the end of processing.
    Ticks split(Event event) {
        Mobile& mobile = mobiles[event.entity];
        if (mobile.step == Waiting) {
            start(mobile, event.time);
            return crossing(mobile);
        }
        ++counted;
        if (!mobile.processing) {
            mobile.processing = true;
            arrive(mobile, event.entity, Path[mobile.step].to);
            return Processing;
        }
        mobile.processing = false;
        return proceed(mobile, event.time);
    }

    // Every arrival at a fixed node must stand in that node's count: 17 of the 22 end there, 5 at the mobile node.
    std::uint64_t fixedArrivals() const {
        std::uint64_t sum = 0;
        for (const auto* nodes : {&routers, &anchors, &homeAgents})
            for (const Node& node : *nodes) sum += node.packets;
        return sum;
    }
};

inline Ticks endOf(std::uint64_t events, std::uint32_t mobiles) {
    return static_cast<Ticks>(static_cast<double>(events) / (44.0 * mobiles) * 1.111 * static_cast<double>(Second));
}

// One JSON object on stdout; the exit code.
inline int report(const World& world, const char* peer, const char* variant, double seconds) {
    if (world.handovers == 0) {
        std::fprintf(stderr, "handoff22: no handover completed; raise --events\n");
        return 2;
    }
    const double fixedShare = static_cast<double>(world.fixedArrivals()) / static_cast<double>(world.arrivals);
    const double mean = static_cast<double>(world.latency) / static_cast<double>(world.handovers) / Millisecond;
    std::printf("{\"peer\":\"%s\",\"benchmark\":\"handoff22\",\"variant\":\"%s\",\"mobiles\":%zu,\"events\":%llu,"
                "\"handovers\":%llu,\"seconds\":%.6f,\"events_per_second\":%.0f,\"handovers_per_second\":%.0f,"
                "\"mean_ms\":%.4f,\"fixed_share\":%.4f}\n",
                peer, variant, world.mobiles.size(), static_cast<unsigned long long>(world.counted),
                static_cast<unsigned long long>(world.handovers), seconds, static_cast<double>(world.counted) / seconds,
                static_cast<double>(world.handovers) / seconds, mean, fixedShare);
    return 0;
}

} // namespace handoff22
