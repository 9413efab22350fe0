#!/usr/bin/env bash
# Runs the engine's benchmarks and their peers in turn, so that all meet the same state of the machine, and prints medians and
# ratios. Only the ratios carry over to another machine.
#   bench/compare.sh [rounds] [load...]   default 5 rounds of every load; writes bench/last.json
# Loads: handoff_1k handoff_10k handoff_100k handoff_1m phold_1k. Peers: ns-3's bare scheduler, SimPy 3, array loops in C++ and C#.
set -euo pipefail
export LC_ALL=C

fail() { echo "compare: $1" >&2; exit "${2:-1}"; }

[[ ${1:-5} =~ ^[1-9][0-9]*$ ]] || fail "usage: bench/compare.sh [rounds] [load...]" 2
rounds=${1:-5}
loads=("${@:2}")
[[ ${#loads[@]} -gt 0 ]] || loads=(handoff_1k handoff_10k handoff_100k handoff_1m phold_1k)
bench=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$bench")

# load -> benchmark, count, events, and events for SimPy, which is so much slower
declare -A sizes=(
    [handoff_1k]="handoff22 1000 10000000 500000"
    [handoff_10k]="handoff22 10000 15000000 500000"
    [handoff_100k]="handoff22 100000 22000000 4000000"
    [handoff_1m]="handoff22 1000000 30000000 0"
    [phold_1k]="phold 1000 10000000 500000"
)
for load in "${loads[@]}"; do
    [[ -v sizes[$load] ]] || fail "no load '$load'; there are: ${!sizes[*]}" 2
done

command -v g++ >/dev/null || fail "g++ is missing; install it: apt-get install g++" 2
[[ -e /usr/include/ns3/core-module.h ]] || fail "ns-3 is missing; install it: apt-get install libns3-dev" 2
/usr/bin/python3 -c 'import simpy' 2>/dev/null || fail "SimPy 3 is missing; install it: apt-get install python3-simpy3" 2
mkdir -p "$bench/peers/bin"
for peer in handoff22 phold; do
    g++ -std=c++20 -O3 -march=native -Wall -Wextra -o "$bench/peers/bin/$peer" "$bench/peers/$peer.cpp"
    # ns-3 3.37 does not compile as C++20.
    g++ -std=c++17 -O3 -march=native -Wall -Wextra -o "$bench/peers/bin/ns3-$peer" "$bench/peers/ns3-$peer.cpp" -lns3-core
done
dotnet build "$bench/peers/CSharpLoop" --configuration Release --nologo --verbosity quiet >/dev/null

# One-partition runs and peers stay on the last core; two partitions have the whole machine.
pin=()
if command -v taskset >/dev/null; then
    pin=(taskset -c "$(($(nproc) - 1))")
else
    echo "compare: taskset is missing; runs are not kept on one core" >&2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
samples=$work/samples

# measure NAME COMMAND...: runs the command and notes every number of the JSON object it prints as "NAME key value".
measure() {
    local name=$1
    shift
    "$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; fail "failed: $*"; }
    grep -q '"events_per_second": *[0-9]' "$work/out" || fail "no events_per_second in the output of: $*"
    grep -o '"[a-z_0-9]*": *-\{0,1\}[0-9][-+.0-9eE]*' "$work/out" | tr -d '"' | tr ':' ' ' | sed "s/^/$name /" >>"$samples"
}

for ((round = 1; round <= rounds; round++)); do
    for load in "${loads[@]}"; do
        echo "round $round of $rounds: $load" >&2
        read -r benchmark count events few <<<"${sizes[$load]}"
        entities=--mobiles
        [[ $benchmark == handoff22 ]] || entities=--actors
        arguments=("$benchmark" "$entities" "$count" --events "$events" --seed 1)
        measure "$load.here" "${pin[@]}" "$root/handover" bench "${arguments[@]}" --partitions 1 --json
        measure "$load.ns3" "${pin[@]}" "$bench/peers/bin/ns3-$benchmark" "${arguments[@]:1}"
        split=()
        [[ $benchmark == phold ]] || split=(--split)
        measure "$load.cpp" "${pin[@]}" "$bench/peers/bin/$benchmark" "${arguments[@]:1}" "${split[@]}"
        measure "$load.csharp" "${pin[@]}" dotnet "$bench/peers/CSharpLoop/bin/Release/net10.0/CSharpLoop.dll" "$benchmark" "$count" "$events" 1
        [[ $few == 0 ]] || measure "$load.simpy" "${pin[@]}" /usr/bin/python3 "$bench/peers/simpy_peer.py" "$benchmark" "$entities" "$count" --events "$few" --seed 1
        [[ $benchmark == phold || $count -lt 10000 ]] || measure "$load.two" "$root/handover" bench "${arguments[@]}" --partitions 2 --json
    done
done

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
awk -v rounds="$rounds" -v cpu="$cpu" -v loads="${loads[*]}" -v json="$bench/last.json" -f "$bench/medians.awk" "$samples"
