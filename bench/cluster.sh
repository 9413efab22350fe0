#!/usr/bin/env bash
# One member on one core against two members on a core each: replications a second of paper.conf, best of some rounds in turn.
# Only the ratio means anything, and only on a machine with nothing else to do. Usage: bench/cluster.sh [rounds]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

rounds=${1:-3}
work=$(mktemp -d)
members=()
stop() { [[ ${#members[@]} == 0 ]] || kill "${members[@]}" 2>/dev/null || true; wait; members=(); }
trap 'stop; rm -rf "$work"' EXIT
echo 'handover.cluster.lanes = 1' >"$work/one-lane.conf"
./handover --help >/dev/null # builds

# The address of a new member on a core.
member() { # core, options
    local core=$1
    shift
    taskset -c "$core" ./handover node --port 0 --config "$work/one-lane.conf" "$@" >"$work/member-$core" &
    members+=($!)
    until [[ -s $work/member-$core ]]; do sleep 0.1; done
    sed -n 's/.*"address":"\([^"]*\)".*/\1/p' "$work/member-$core"
}

rate() { # members
    member 0 >"$work/address"
    local address
    address=$(<"$work/address")
    [[ $1 == 1 ]] || member 1 --join "$address" >/dev/null
    rm -rf "$work/out"
    # 3: the caps of the file were reached before that precision.
    ./handover run hocon/experiments/paper.conf --precision 0.5% --cluster "$address" --out "$work/out" 2>"$work/said" >/dev/null || [[ $? == 3 ]]
    sed -n 's/^cells .* replications, \([0-9]*\)\/s.*/\1/p' "$work/said" | tail -n 1
    stop
    rm -f "$work"/member-*
}

best1=0 best2=0
for ((round = 0; round < rounds; round++)); do
    rate 1 >"$work/rate"
    one=$(<"$work/rate")
    rate 2 >"$work/rate"
    two=$(<"$work/rate")
    ((one > best1)) && best1=$one
    ((two > best2)) && best2=$two
    echo "one member $one/s, two members $two/s" >&2
done
awk -v one="$best1" -v two="$best2" 'BEGIN { printf "{\"one_member_per_second\":%d,\"two_members_per_second\":%d,\"ratio\":%.2f}\n", one, two, two / one }'
