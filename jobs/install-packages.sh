#!/bin/bash
# Installs what bramble needs to build, test and run on Debian 12: compiler, MPI, HDF5, FFTW and the small libraries.
# Does nothing when everything is there. Needs root, or sudo.
#   jobs/install-packages.sh
set -euo pipefail

packages=(
  build-essential g++ cmake ninja-build pkg-config git ca-certificates
  libopenmpi-dev openmpi-bin openssh-client
  libhdf5-dev hdf5-tools
  libfftw3-dev libpng-dev libssl-dev zlib1g-dev
  nlohmann-json3-dev libtomlplusplus-dev libcli11-dev libspdlog-dev libfmt-dev
  libeigen3-dev libboost-dev libboost-math-dev
  libthrust-dev libcub-dev
  libgtest-dev libgmock-dev libbenchmark-dev
  clang-format
)

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${packages[@]}"; do
  is_installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "install-packages: all ${#packages[@]} packages are installed"
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo)
fi
echo "install-packages: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get -o DPkg::Lock::Timeout=500 update -q
"${as_root[@]}" apt-get -o DPkg::Lock::Timeout=500 install -y -q --no-install-recommends "${missing[@]}"
