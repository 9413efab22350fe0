"""PHOLD and HANDOFF-22 in SimPy 3: a process per actor or mobile node, a timeout per event.

python3 simpy_peer.py handoff22 [--mobiles M] [--events E] [--seed S] | phold [--actors N] [--events E] [--seed S]
"""
import argparse
import json
import math
import random
import time

import simpy

PROCESSING = 0.0005
A, B, D, C = 0.004, 0.002, 0.002, None  # None: the handover's c
PATH = [A, B, D, B, B, D, B, A, A, A, A, A, A, B, B, A, A, B, C, C, B, A]


class Handoff22:
    """Each hop is a timeout for the link and one for the processing: 44 counted events a handover."""

    def __init__(self, mobiles, seed):
        self.environment = simpy.Environment()
        self.events = self.handovers = 0
        self.latency = 0.0
        for index in range(mobiles):
            self.environment.process(self.mobile(random.Random(seed * 1_000_003 + index)))

    def mobile(self, draws):
        environment = self.environment
        while True:
            yield environment.timeout(draws.expovariate(1.0))
            started, c = environment.now, 0.040 * draws.random()
            draws.randrange(256)
            for delay in PATH:
                yield environment.timeout(c if delay is None else delay)
                self.events += 1
                yield environment.timeout(PROCESSING)
                self.events += 1
            self.handovers += 1
            self.latency += environment.now - started


class Phold:
    """A process per actor that waits for the events which others or it itself schedule for it."""

    def __init__(self, actors, seed):
        self.environment = simpy.Environment()
        self.events = 0
        self.draws = [random.Random(seed * 1_000_003 + index) for index in range(actors)]
        for index in range(actors):
            self.schedule(index, index)

    def schedule(self, source, target):
        event = self.environment.timeout(0.1 + self.draws[source].expovariate(1 / 0.9), target)
        event.callbacks.append(self.fire)

    def fire(self, event):
        self.events += 1
        actor = event.value
        draws = self.draws[actor]
        self.schedule(actor, draws.randrange(len(self.draws)) if draws.random() < 0.25 else actor)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmark", choices=["handoff22", "phold"])
    parser.add_argument("--mobiles", "--actors", dest="count", type=int, default=1000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.benchmark == "handoff22":
        model, end = Handoff22(options.count, options.seed), options.events / (44.0 * options.count) * 1.111
    else:
        model, end = Phold(options.count, options.seed), options.events / options.count
    clock = time.perf_counter()
    model.environment.run(until=math.nextafter(end, math.inf))
    seconds = time.perf_counter() - clock
    result = {"peer": "simpy", "benchmark": options.benchmark, "events": model.events, "seconds": seconds,
              "events_per_second": model.events / seconds}
    if options.benchmark == "handoff22" and model.handovers:
        result["mean_ms"] = 1000 * model.latency / model.handovers
    print(json.dumps(result, separators=(",", ":")))


main()
