#include "io/hdf5_array.hpp"

#include "io/hdf5_attribute.hpp"
#include "io/hdf5_calls.hpp"
#include "io/hdf5_text.hpp"
#include "kernels/core/error.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace bramble {

static_assert(std::endian::native == std::endian::little);

namespace {

H5Plist array_properties(const ArrayLayout& layout) {
  H5Plist properties = create_property_list(H5P_DATASET_CREATE);
  check_hdf5(H5Pset_obj_track_times(properties.get(), false), "set", "object times");
  if (layout.chunk.empty() || std::ranges::count(layout.chunk, 0u) > 0) {
    return properties;
  }
  const int rank = static_cast<int>(layout.chunk.size());
  constexpr unsigned deflate_level = 1;
  check_hdf5(H5Pset_chunk(properties.get(), rank, layout.chunk.data()), "set", "the chunk shape");
  check_hdf5(H5Pset_shuffle(properties.get()), "set", "the shuffle filter");
  check_hdf5(H5Pset_deflate(properties.get(), deflate_level), "set", "the deflate filter");
  if (layout.checksums) {
    check_hdf5(H5Pset_fletcher32(properties.get()), "set", "the checksum filter");
  }
  return properties;
}

int axis_length(hsize_t length, const std::string& name) {
  if (length > static_cast<hsize_t>(std::numeric_limits<int>::max())) {
    throw DataError(name + " has an axis of " + std::to_string(length) + "; the file is damaged");
  }
  return static_cast<int>(length);
}

}  // namespace

H5Group create_group(hid_t parent, const std::string& name) {
  const H5Plist creation = create_property_list(H5P_GROUP_CREATE);
  check_hdf5(H5Pset_obj_track_times(creation.get(), false), "set", "object times");
  return H5Group(
      checked_id(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                 "create group", name));
}

void write_array(hid_t parent, const std::string& name, hid_t type, const void* values,
                 const std::vector<hsize_t>& shape, const ArrayLayout& layout) {
  const H5Space space = create_space(shape);
  const H5Plist properties = array_properties(layout);
  const H5Dataset dataset(checked_id(H5Dcreate2(parent, name.c_str(), type, space.get(),
                                                H5P_DEFAULT, properties.get(), H5P_DEFAULT),
                                     "create dataset", name));
  if (std::ranges::count(shape, 0u) > 0) {
    return;
  }
  check_hdf5(H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write dataset",
             name);
}

std::vector<hsize_t> shape_of_array(hid_t parent, const std::string& name) {
  return shape_of_dataset(open_dataset(parent, name).get());
}

void read_array(hid_t parent, const std::string& name, hid_t type, void* values) {
  const H5Dataset dataset = open_dataset(parent, name);
  check_hdf5(H5Dread(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "read dataset",
             name);
}

void write_texts(hid_t parent, const std::string& name, const std::vector<std::string>& texts) {
  std::size_t longest = 0;
  for (const std::string& text : texts) {
    longest = std::max(longest, text.size());
  }
  std::string block;
  for (const std::string& text : texts) {
    block += text;
    block.append(fixed_text_bytes(longest) - text.size(), '\0');
  }
  const H5Type type = create_fixed_text_type(longest);
  write_array(parent, name, type.get(), block.data(), {texts.size()}, {.chunk = {texts.size()}});
}

std::vector<std::string> read_texts(hid_t parent, const std::string& name) {
  const H5Dataset dataset = open_dataset(parent, name);
  const H5Type type = type_of_dataset(dataset.get());
  const std::vector<hsize_t> shape = shape_of_dataset(dataset.get());
  if (H5Tget_class(type.get()) != H5T_STRING || shape.size() != 1) {
    throw DataError(name + " is no list of texts; the file is damaged");
  }
  const std::size_t text_bytes = H5Tget_size(type.get());
  std::vector<char> bytes(shape[0] * text_bytes);
  if (!bytes.empty()) {
    check_hdf5(H5Dread(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()),
               "read dataset", name);
  }
  return split_fixed_texts(bytes, text_bytes);
}

void write_volume(hid_t parent, const std::string& name, const Volume<float>& volume) {
  const Extent extent = volume.extent();
  const std::vector<hsize_t> shape{static_cast<hsize_t>(extent.z), static_cast<hsize_t>(extent.y),
                                   static_cast<hsize_t>(extent.x)};
  write_array(parent, name, hdf5_type<float>(), volume.view().data, shape,
              {.chunk = {std::min<hsize_t>(1, shape[0]), shape[1], shape[2]}});
  const Spacing spacing = volume.spacing();
  const float values[] = {spacing.z_um, spacing.y_um, spacing.x_um};
  const H5Dataset dataset = open_dataset(parent, name);
  write_attribute(dataset.get(), "element_size_um", hdf5_type<float>(), values, 3);
}

void read_volume(hid_t parent, const std::string& name, Volume<float>& volume) {
  const std::vector<hsize_t> shape = shape_of_array(parent, name);
  if (shape.size() != 3) {
    throw DataError(name + " has " + std::to_string(shape.size()) +
                    " axes, expected 3; the file is damaged");
  }
  float spacing[3] = {};
  const H5Dataset dataset = open_dataset(parent, name);
  read_attribute(dataset.get(), "element_size_um", hdf5_type<float>(), spacing, 3);
  volume.reshape(
      {axis_length(shape[0], name), axis_length(shape[1], name), axis_length(shape[2], name)},
      {spacing[0], spacing[1], spacing[2]});
  if (volume.extent().num_voxels() > 0) {
    read_array(parent, name, hdf5_type<float>(), volume.view().data);
  }
}

}  // namespace bramble
