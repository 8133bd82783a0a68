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
#include <span>
#include <type_traits>
#include <utility>
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

// Converts to `T` where another type is stored.
template <class T>
void read_planes(hid_t dataset, Extent extent, int first_plane, int num_planes, T* voxels) {
  const hsize_t start[] = {static_cast<hsize_t>(first_plane), 0, 0};
  const hsize_t size[] = {static_cast<hsize_t>(num_planes), static_cast<hsize_t>(extent.y),
                          static_cast<hsize_t>(extent.x)};
  const H5Space file_space = space_of_dataset(dataset);
  check_hdf5(H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, start, nullptr, size, nullptr),
             "select", "planes");
  const H5Space memory_space = create_space({size[0], size[1], size[2]});
  check_hdf5(
      H5Dread(dataset, hdf5_type<T>(), memory_space.get(), file_space.get(), H5P_DEFAULT, voxels),
      "read", fmt::format("planes {} to {}", first_plane, first_plane + num_planes - 1));
}

template <class T>
void check_finite(std::span<const T> voxels, int first_plane) {
  const auto bad = std::ranges::count_if(
      voxels, [](T voxel) { return !std::isfinite(static_cast<double>(voxel)); });
  if (bad > 0) {
    throw DataError(
        fmt::format("holds {} voxels that are NaN or infinite, from plane {} on; expected numbers "
                    "everywhere: export it again",
                    bad, first_plane));
  }
}

// The hash is that of the voxels in the type that they are stored in.
template <class Stored, class Kept>
void add_to_hash(std::span<const Kept> voxels, Sha256Stream& hash) {
  if constexpr (std::is_same_v<Stored, Kept>) {
    hash.add(voxels.data(), voxels.size_bytes());
  } else {
    std::vector<Stored> stored(voxels.size());
    std::ranges::transform(voxels, stored.begin(),
                           [](Kept voxel) { return static_cast<Stored>(voxel); });
    hash.add(stored.data(), stored.size() * sizeof(Stored));
  }
}

template <class Stored, class Kept>
StackVoxels read_voxels(hid_t dataset, const Acquisition& acquisition) {
  const Extent extent = acquisition.extent;
  Volume<Kept> counts(MemorySpace::host, extent, acquisition.spacing);
  Sha256Stream hash;
  const int block_planes = planes_per_block(dataset, extent, sizeof(Stored));
  for (int z = 0; z < extent.z; z += block_planes) {
    const int num_planes = std::min(block_planes, extent.z - z);
    const Extent block{num_planes, extent.y, extent.x};
    Kept* const first = counts.view().data + extent.index({z, 0, 0});
    read_planes(dataset, extent, z, num_planes, first);
    const std::span<const Kept> voxels(first, static_cast<std::size_t>(block.num_voxels()));
    check_finite(voxels, z);
    add_to_hash<Stored>(voxels, hash);
  }
  return {.counts = std::move(counts), .input_sha256 = hash.finish()};
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
    return read_voxels<std::uint8_t, std::uint16_t>(dataset.get(), expected);
  }
  if (type == "uint16") {
    return read_voxels<std::uint16_t, std::uint16_t>(dataset.get(), expected);
  }
  if (type == "int16") {
    return read_voxels<std::int16_t, std::int16_t>(dataset.get(), expected);
  }
  return read_voxels<float, float>(dataset.get(), expected);
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
