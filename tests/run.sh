#!/bin/bash
# Builds bramble with warnings as errors and runs all its tests. What continuous integration runs.
#   tests/run.sh [BUILD_FOLDER]       default build/tests
set -euo pipefail

cd "$(dirname "$0")/.."
build=${1:-build/tests}

jobs/install-packages.sh

cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBRAMBLE_WARNINGS_AS_ERRORS=ON
cmake --build "$build" --parallel "$(nproc)"

# Tests start mpirun, which refuses root unless told twice.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
ctest --test-dir "$build" -j2 --output-on-failure
