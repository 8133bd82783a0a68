#include "io/archive_writer.hpp"

#include "io/archive_stack.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_array.hpp"
#include "io/hdf5_attribute.hpp"
#include "io/hdf5_calls.hpp"
#include "io/hdf5_file.hpp"
#include "kernels/core/error.hpp"

#include <algorithm>
#include <mutex>

namespace bramble {
namespace {

void write_number(hid_t object, const char* name, double value) {
  write_attribute(object, name, H5T_NATIVE_DOUBLE, &value, 1);
}

void write_number(hid_t object, const char* name, std::optional<float> value) {
  if (value) {
    write_attribute(object, name, H5T_NATIVE_FLOAT, &*value, 1);
  }
}

void write_text(hid_t object, const char* name, const std::string& text) {
  if (!text.empty()) {
    write_text_attribute(object, name, text);
  }
}

// Opens the group, or makes it and calls describe(group): animals and sessions are shared by
// several stacks.
template <class Describe>
H5Group find_or_create_group(hid_t parent, const std::string& name, Describe describe) {
  const htri_t exists = H5Lexists(parent, name.c_str(), H5P_DEFAULT);
  check_hdf5(exists, "look up group", name);
  if (exists > 0) {
    return open_group(parent, name);
  }
  H5Group group = create_group(parent, name);
  describe(group.get());
  return group;
}

void describe_chunk(hid_t chunk, const PhantomStack& stack) {
  write_text(chunk, "fov_uid", stack.identity.fov_uid);
  write_text(chunk, "location", stack.identity.region);
  write_number(chunk, "excitation_lambda", stack.acquisition.excitation_nm);
  write_number(chunk, "NumericalAperture", stack.acquisition.numerical_aperture);
  write_number(chunk, "refractive_index", stack.acquisition.refractive_index);
  write_text(chunk, "psf", stack.acquisition.psf_path);
  write_text(chunk, "qc_status", stack.acquisition.qc_status);
}

void write_counts(hid_t images, const PhantomStack& stack) {
  // About 1 MiB a chunk of whole slices of tiles.
  constexpr hsize_t largest_chunk[] = {16, 256, 256};
  const Extent extent = stack.counts.extent();
  const std::vector<hsize_t> shape{static_cast<hsize_t>(extent.z), static_cast<hsize_t>(extent.y),
                                   static_cast<hsize_t>(extent.x)};
  std::vector<hsize_t> chunk(3);
  std::ranges::transform(shape, largest_chunk, chunk.begin(),
                         [](hsize_t length, hsize_t largest) { return std::min(length, largest); });
  const std::string& channel = stack.identity.channel;
  write_array(images, channel, H5T_NATIVE_UINT16, stack.counts.view().data, shape,
              {.chunk = chunk, .checksums = false});

  const H5Dataset dataset = open_dataset(images, channel);
  const Spacing spacing = stack.acquisition.spacing;
  const float element_size_um[] = {spacing.z_um, spacing.y_um, spacing.x_um};
  write_attribute(dataset.get(), "element_size_um", H5T_NATIVE_FLOAT, element_size_um, 3);
  write_text(dataset.get(), "unit", "counts");
  write_number(dataset.get(), "offset_counts", stack.acquisition.offset_counts);
  write_number(dataset.get(), "saturation_value", stack.acquisition.saturation_value);
  write_number(dataset.get(), "gain_counts", stack.acquisition.gain_counts);
  write_number(dataset.get(), "read_noise_counts", stack.acquisition.read_noise_counts);
}

void write_stack(hid_t file, const PhantomStack& stack) {
  const StackIdentity& identity = stack.identity;
  require(!identity.subject_id.empty() && identity.session_id.starts_with("ses-") &&
              !identity.sample.empty() && !identity.channel.empty(),
          "a stack needs subject, session (ses-...), sample and channel to have a place in an "
          "archive; fill its identity");
  const std::size_t chunk_start = identity.fov.find("chunk-");
  require(chunk_start != std::string::npos,
          "fov \"" + identity.fov + "\" names no chunk; expected chunk-<nn>");

  const H5Group subject =
      find_or_create_group(file, "sub-" + identity.subject_id, [&](hid_t group) {
        write_text(group, "subject_id", identity.subject_id);
        write_text(group, "species", "Mus musculus");
        write_text(group, "group", identity.group);
      });
  const H5Group session =
      find_or_create_group(subject.get(), identity.session_id, [&](hid_t group) {
        write_text(group, "session_id", identity.session_id.substr(4));
        write_text(group, "timepoint_label", identity.session_id.substr(4));
        write_number(group, "day", identity.day);
      });
  const auto plain = [](hid_t) {};
  const H5Group sample = find_or_create_group(session.get(), "sample-" + identity.sample, plain);
  const H5Group chunk = find_or_create_group(sample.get(), identity.fov.substr(chunk_start),
                                             [&](hid_t group) { describe_chunk(group, stack); });
  const H5Group images = find_or_create_group(chunk.get(), "images", plain);
  write_counts(images.get(), stack);
}

void write_head(hid_t file, const Volume<float>& psf) {
  write_text(file, "format", archive_format);
  write_text(file, "format_version", archive_format_version);
  write_text(file, "creator", "bramble");
  if (psf.extent().num_voxels() == 0) {
    return;
  }
  const H5Group group = create_group(file, "psf");
  write_volume(group.get(), "assumed", psf);
  const H5Dataset dataset = open_dataset(group.get(), "assumed");
  write_text(dataset.get(), "kind", "theoretical");
  write_text(dataset.get(), "model", "gaussian");
}

// The HDF5 library serves one thread at a time.
std::mutex& hdf5_mutex() {
  static std::mutex mutex;
  return mutex;
}

// A file that several threads may have open, each its own.
class OpenArchive {
 public:
  explicit OpenArchive(const std::string& path) {
    const std::scoped_lock lock(hdf5_mutex());
    const Hdf5ErrorsSilenced silenced;
    file_ = create_file(path, FileVersion::any_reader);
  }
  ~OpenArchive() {
    const std::scoped_lock lock(hdf5_mutex());
    file_ = H5File();
  }
  OpenArchive(const OpenArchive&) = delete;
  OpenArchive& operator=(const OpenArchive&) = delete;

  template <class Write>
  void write(const Write& write_into) {
    const std::scoped_lock lock(hdf5_mutex());
    const Hdf5ErrorsSilenced silenced;
    write_into(file_.get());
  }
  void close(const std::string& path) {
    const std::scoped_lock lock(hdf5_mutex());
    const Hdf5ErrorsSilenced silenced;
    close_file(file_, path);
  }

 private:
  H5File file_;
};

}  // namespace

void write_archive(const std::string& path, const Volume<float>& psf,
                   const std::function<void(const AddStack& add)>& produce) {
  try {
    write_atomically(path, [&](const std::string& temporary_path) {
      OpenArchive archive(temporary_path);
      archive.write([&](hid_t file) { write_head(file, psf); });
      produce([&](const PhantomStack& stack) {
        archive.write([&](hid_t file) { write_stack(file, stack); });
      });
      archive.close(temporary_path);
    });
  } catch (const DataError& error) {
    throw ResourceError(path + ": cannot be written: " + error.what() +
                        "; check free space and permissions of the folder");
  }
}

void write_archive(const std::string& path, const std::vector<const PhantomStack*>& stacks) {
  write_archive(path, Volume<float>(), [&](const AddStack& add) {
    for (const PhantomStack* stack : stacks) {
      add(*stack);
    }
  });
}

}  // namespace bramble
