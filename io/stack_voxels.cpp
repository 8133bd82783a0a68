#include "io/archive_reader.hpp"
#include "io/archive_stack.hpp"
#include "io/hdf5_array.hpp"
#include "io/hdf5_calls.hpp"
#include "io/hdf5_file.hpp"
#include "io/sha256_stream.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

// Whole chunks, so that none is decompressed twice, and enough of them that the calls do not count.
int planes_per_block(hid_t dataset, Extent extent, std::size_t voxel_bytes) {
  constexpr std::int64_t block_bytes = 8 << 20;
  hsize_t chunk[3] = {1, 1, 1};
  const H5Plist properties = creation_properties_of_dataset(dataset);
  if (H5Pget_layout(properties.get()) == H5D_CHUNKED) {
    check_hdf5(H5Pget_chunk(properties.get(), 3, chunk), "read", "the chunk shape");
  }
  const auto chunk_planes =
      static_cast<int>(std::min<hsize_t>(chunk[0], static_cast<hsize_t>(extent.z)));
  const std::int64_t plane_bytes =
      static_cast<std::int64_t>(extent.y) * extent.x * static_cast<std::int64_t>(voxel_bytes);
  const std::int64_t chunks = std::max<std::int64_t>(1, block_bytes / (plane_bytes * chunk_planes));
  return static_cast<int>(std::min<std::int64_t>(extent.z, chunks * chunk_planes));
}

template <class T>
void read_planes(hid_t dataset, Extent extent, int first_plane, int num_planes,
                 std::vector<T>& voxels) {
  const hsize_t start[] = {static_cast<hsize_t>(first_plane), 0, 0};
  const hsize_t size[] = {static_cast<hsize_t>(num_planes), static_cast<hsize_t>(extent.y),
                          static_cast<hsize_t>(extent.x)};
  voxels.resize(size[0] * size[1] * size[2]);
  const H5Space file_space = space_of_dataset(dataset);
  check_hdf5(H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, start, nullptr, size, nullptr),
             "select", "planes");
  const H5Space memory_space = create_space({size[0], size[1], size[2]});
  check_hdf5(H5Dread(dataset, hdf5_type<T>(), memory_space.get(), file_space.get(), H5P_DEFAULT,
                     voxels.data()),
             "read", fmt::format("planes {} to {}", first_plane, first_plane + num_planes - 1));
}

void check_finite(const std::vector<float>& voxels, int first_plane) {
  const auto bad = std::ranges::count_if(voxels, [](float v) { return !std::isfinite(v); });
  if (bad > 0) {
    throw DataError(
        fmt::format("holds {} voxels that are NaN or infinite, from plane {} on; expected numbers "
                    "everywhere: export it again",
                    bad, first_plane));
  }
}

template <class T>
StackVoxels read_voxels(hid_t dataset, const Acquisition& acquisition) {
  const Extent extent = acquisition.extent;
  StackVoxels stack;
  stack.counts.reshape(extent, acquisition.spacing);
  float* next = stack.counts.view().data;
  Sha256Stream hash;
  std::vector<T> block;
  const int block_planes = planes_per_block(dataset, extent, sizeof(T));
  for (int z = 0; z < extent.z; z += block_planes) {
    read_planes(dataset, extent, z, std::min(block_planes, extent.z - z), block);
    if constexpr (std::is_same_v<T, float>) {
      check_finite(block, z);
    }
    hash.add(block.data(), block.size() * sizeof(T));
    next =
        std::ranges::transform(block, next, [](T value) { return static_cast<float>(value); }).out;
  }
  stack.input_sha256 = hash.finish();
  return stack;
}

StackVoxels read_dataset(const ManifestEntry& entry) {
  const H5File file = open_file_read_only(entry.identity.file);
  const H5Dataset dataset = open_dataset(file.get(), entry.identity.path);
  const Acquisition& expected = entry.acquisition;
  const Extent extent = extent_of_dataset(dataset.get());
  const std::string type = voxel_type_of_dataset(dataset.get());
  if (extent != expected.extent || type != expected.voxel_type) {
    throw DataError(fmt::format(
        "is {}x{}x{} of {}, expected {}x{}x{} of {} as in the manifest; the file has changed since "
        "it was scanned: scan it again",
        extent.z, extent.y, extent.x, type, expected.extent.z, expected.extent.y, expected.extent.x,
        expected.voxel_type));
  }
  if (type == "uint8") {
    return read_voxels<std::uint8_t>(dataset.get(), expected);
  }
  if (type == "uint16") {
    return read_voxels<std::uint16_t>(dataset.get(), expected);
  }
  if (type == "int16") {
    return read_voxels<std::int16_t>(dataset.get(), expected);
  }
  return read_voxels<float>(dataset.get(), expected);
}

}  // namespace

StackVoxels read_stack(const ManifestEntry& entry) {
  const Hdf5ErrorsSilenced silenced;
  try {
    return read_dataset(entry);
  } catch (const DataError& error) {
    throw DataError(
        fmt::format("{}: {}: {}", entry.identity.file, entry.identity.path, error.what()));
  }
}

}  // namespace bramble
