#!/bin/bash
# From a clean clone to spine densities: installs packages, builds bramble in build/quickstart, makes a synthetic study with
# known spines, and analyses it with two ranks.
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

echo "quickstart: making a synthetic study in $out/study"
"$build/bramble" phantom "$out/study"

# mpirun refuses root unless told twice, binds each rank to one core unless told not to, and counts cores as slots.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
echo "quickstart: analysing it with 2 ranks"
if [ -e "$out/results/run.toml" ]; then
  rm -rf "$out/results"  # of an earlier quickstart, perhaps of another version
fi
printf '[study]\ncontrol_group = "saline"\n' > "$out/study.toml"
mpirun --bind-to none --oversubscribe -n 2 "$build/bramble" run "$out/study" \
  --config "$out/study.toml" --out "$out/results"

echo
echo "quickstart: open $out/results/report.html in a browser"
echo "quickstart: tables in $out/results/tables, a picture of each stack in $out/results/overlays"
echo "quickstart: the true spines are in $out/study/truth_spines.csv"
