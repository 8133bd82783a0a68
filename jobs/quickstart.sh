#!/bin/bash
# From a clean clone to spine densities: installs packages, builds bramble in build/quickstart, makes a synthetic study with
# known spines, analyses it with two ranks, and says how right the result is.
#   jobs/quickstart.sh [OUT]          OUT: where study and results go, default build/quickstart/demo
set -euo pipefail

root=$(realpath "$(dirname "$0")/..")
out=$(realpath -m "${1:-$root/build/quickstart/demo}")
build=build/quickstart
cd "$root"

jobs/install-packages.sh

echo "quickstart: building in $build"
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBRAMBLE_TESTS=OFF -DBRAMBLE_BENCH=OFF
cmake --build "$build" --target bramble --parallel "$(nproc)"

# mpirun refuses root unless told twice, binds each rank to one core unless told not to, and counts cores as slots.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
ranks=(mpirun --bind-to none --oversubscribe -n 2 "$build/bramble")
rm -rf "$out/study" "$out/results"  # of an earlier quickstart, perhaps of another version

echo "quickstart: making a synthetic study in $out/study"
"${ranks[@]}" phantom "$out/study" --preset smoke

echo "quickstart: analysing it with 2 ranks"
printf '[study]\ncontrol_group = "saline"\n' > "$out/project.toml"
"${ranks[@]}" run "$out"/study/*.h5 --config "$out/project.toml" --out "$out/results"

echo "quickstart: comparing it with the truth"
"$build/bramble" evaluate "$out/results" --truth "$out/study"

echo
echo "quickstart: open $out/results/report.html in a browser"
echo "quickstart: tables in $out/results/tables, a picture of each stack in $out/results/overlays"
echo "quickstart: hits, misses and false alarms in $out/results/evaluation"
