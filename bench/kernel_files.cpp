#include "bench/tube_volume.hpp"
#include "kernels/segment/label_runs.hpp"
#include "kernels/segment/tubeness.hpp"
#include "kernels/trace/distance_transform.hpp"
#include "kernels/trace/thin.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

// Runs one kernel on a raw volume, x fastest, so that compare_with_scikit_image.py can set results
// side by side:
//   kernel_files tubes|thin|distance|labels|tubeness IN OUT Z Y X SPACING_Z SPACING_Y SPACING_X
// All of them but `tubeness` (float) read bytes; `tubes` reads nothing. `tubes` and `thin` write
// bytes, `distance` squared nm of 32 bits, `labels` one number of 32 bits a voxel, `tubeness` at a
// sigma of two voxels of x floats.
namespace bramble {
namespace {

template <class T>
void read(const std::string& path, Volume<T>& volume) {
  const auto num_bytes = static_cast<std::streamsize>(volume.voxels().size()) *
                         static_cast<std::streamsize>(sizeof(T));
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(volume.voxels().data()), num_bytes);
  if (file.gcount() != num_bytes) {
    throw DataError(path + " has fewer bytes than the volume");
  }
}

template <class T>
void write(const std::string& path, const Volume<T>& volume) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(volume.voxels().data()),
             static_cast<std::streamsize>(volume.voxels().size()) *
                 static_cast<std::streamsize>(sizeof(T)));
  if (!file.flush()) {
    throw DataError(path + " could not be written");
  }
}

struct Files {
  std::string in;
  std::string out;
  Extent extent;
  Spacing spacing;

  BitVolume bits() const {
    Volume<std::uint8_t> mask(MemorySpace::host, extent, spacing);
    read(in, mask);
    BitVolume bits;
    pack_bits(cpu_exec, std::as_const(mask).view(), bits);
    return bits;
  }

  template <class T>
  Volume<T> volume() const {
    return Volume<T>(MemorySpace::host, extent, spacing);
  }
};

Volume<std::uint32_t> distances_of(const Files& files, const BitVolume& bits) {
  auto distances = files.volume<std::uint32_t>();
  auto scratch = files.volume<std::uint32_t>();
  distance_transform(cpu_exec, bits, scratch.view(), distances.view());
  return distances;
}

void thin_file(const Files& files) {
  BitVolume bits = files.bits();
  const Volume<std::uint32_t> distances = distances_of(files, bits);
  ThinScratch scratch;
  thin(cpu_exec, bits, distances.view(), {}, scratch);
  auto curves = files.volume<std::uint8_t>();
  unpack_bits(cpu_exec, bits, curves.view());
  write(files.out, curves);
}

void label_file(const Files& files) {
  RunLabels runs;
  label_runs(cpu_exec, files.bits(), Connectivity::corner_26, runs);
  auto labels = files.volume<std::int32_t>();
  fill_bytes(cpu_exec, labels.voxels().data(), 0,
             static_cast<std::size_t>(labels.voxels().size()) * sizeof(std::int32_t));
  for (std::int64_t row = 0; row < files.extent.num_rows(); ++row) {
    for (std::int32_t run = runs.first_run[row]; run < runs.first_run[row + 1]; ++run) {
      for (std::int32_t x = runs.first_x[run]; x < runs.end_x[run]; ++x) {
        labels.voxels()[row * files.extent.x + x] = runs.label[run] + 1;
      }
    }
  }
  write(files.out, labels);
}

void tubeness_file(const Files& files) {
  auto values = files.volume<float>();
  auto smoothed = files.volume<float>();
  auto pass = files.volume<float>();
  auto response = files.volume<float>();
  read(files.in, values);
  const std::array<float, 1> sigmas_um{2 * files.spacing.x_um};
  tubeness(cpu_exec, std::as_const(values).view(), {.sigmas_um = sigmas_um},
           {.smoothed = smoothed.view(), .pass = pass.view()}, response.view());
  write(files.out, response);
}

bool run(const std::string& kernel, const Files& files) {
  if (kernel == "tubes") {
    write(files.out, make_tube_volume(files.extent, files.spacing));
  } else if (kernel == "thin") {
    thin_file(files);
  } else if (kernel == "distance") {
    write(files.out, distances_of(files, files.bits()));
  } else if (kernel == "labels") {
    label_file(files);
  } else if (kernel == "tubeness") {
    tubeness_file(files);
  } else {
    return false;
  }
  return true;
}

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 9 &&
        bramble::run(
            words[0],
            {.in = words[1],
             .out = words[2],
             .extent = {std::stoi(words[3]), std::stoi(words[4]), std::stoi(words[5])},
             .spacing = {std::stof(words[6]), std::stof(words[7]), std::stof(words[8])}})) {
      return EXIT_SUCCESS;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
  std::fputs("kernel_files KERNEL IN OUT Z Y X SPACING_Z SPACING_Y SPACING_X\n", stderr);
  return 2;
}
