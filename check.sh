#!/usr/bin/env bash
# Everything that must hold before a change is accepted: restore, format, build without a warning, tests.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

command -v dotnet >/dev/null || { echo "check: dotnet is missing; install the .NET 10 SDK" >&2; exit 1; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false # leave no build server behind

step() { printf '== %s\n' "$*" >&2; }

# Programs that nobody here wrote judge the captures and make traces of traffic; one sets clocks.
missing=()
command -v tshark >/dev/null || missing+=(tshark)
/usr/bin/python3 -c 'import scapy' 2>/dev/null || missing+=(python3-scapy)
command -v sumo >/dev/null || missing+=(sumo)
[[ -e /usr/share/sumo/tools/randomTrips.py ]] || missing+=(sumo-tools)
compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null || missing+=(libfaketime)
if ((${#missing[@]})); then
    step "install ${missing[*]}"
    command -v apt-get >/dev/null || { echo "check: ${missing[*]} (Debian's names) must be installed" >&2; exit 1; }
    as_root=()
    [[ $(id -u) == 0 ]] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
fi

# A store off the coordinator's machine is tried on a server of its own.
if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && ! command -v initdb >/dev/null; then
    step "install postgresql"
    command -v apt-get >/dev/null || { echo "check: postgresql (initdb, postgres) is missing; install it" >&2; exit 1; }
    as_root=()
    [[ $(id -u) == 0 ]] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql >/dev/null
fi

step restore
dotnet restore Actors.sln --verbosity quiet

step format
dotnet format Actors.sln --no-restore --verify-no-changes

step build
dotnet build Actors.sln --no-restore --configuration Release --nologo --verbosity quiet -clp:NoSummary -warnaserror

step "the handover script"
./handover --help >/dev/null

step test
rm -f tests/TestResults/tests.trx
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test tests --no-build --configuration Release --nologo --logger "console;verbosity=minimal" --logger "trx;LogFileName=tests.trx" |
    tee "$log" || status=$?

# The run's last line reads "Passed!  - Failed:     0, Passed:   123, Skipped: ..."; without one the run itself broke.
count() { sed -n "s/^[A-Z][a-z]*! .*$1: *\([0-9]*\),.*/\1/p" "$log" | tail -n 1; }
passed=$(count Passed)
failed=$(count Failed)
if [[ -z $passed || -z $failed ]]; then
    echo "check: the test run ended without a result" >&2
    status=1
fi
echo "${passed:-0} passed, ${failed:-1} failed"
exit "$status"
