#include "io/psf_file.hpp"

#include "io/archive_stack.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_array.hpp"
#include "io/hdf5_attribute.hpp"
#include "io/hdf5_calls.hpp"
#include "io/hdf5_file.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <vector>

namespace bramble {
namespace {

constexpr char aperture_name[] = "NumericalAperture";
constexpr char index_name[] = "refractive_index";
constexpr char wavelength_name[] = "excitation_lambda";

struct Place {
  std::string file;
  std::string path;  // empty: the only volume
};

Place place_of(const std::string& text) {
  const std::size_t colon = text.rfind(":/");
  std::error_code ignored;
  if (colon == std::string::npos || std::filesystem::exists(text, ignored)) {
    return {text, ""};
  }
  return {text.substr(0, colon), text.substr(colon + 1)};
}

herr_t add_dataset(hid_t, const char* name, const H5O_info_t* info, void* names) {
  if (info->type == H5O_TYPE_DATASET) {
    static_cast<std::vector<std::string>*>(names)->push_back(std::string("/") + name);
  }
  return 0;
}

// The paths of all datasets of three axes; each once, however many links lead to it.
std::vector<std::string> volumes_in(hid_t file) {
  std::vector<std::string> names;
  check_hdf5(H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, add_dataset, &names), "list", "the file");
  std::erase_if(names, [&](const std::string& name) {
    return shape_of_dataset(open_dataset(file, name).get()).size() != 3;
  });
  return names;
}

std::string only_volume(hid_t file, const std::string& file_name) {
  const std::vector<std::string> names = volumes_in(file);
  if (names.size() == 1) {
    return names.front();
  }
  if (names.empty()) {
    throw DataError("holds no dataset of three axes, expected one (z, y, x)");
  }
  throw DataError(fmt::format(
      "holds {} datasets of three axes, expected one; add the path of the right one, as in "
      "{}:{}, of {}",
      names.size(), file_name, names.front(), fmt::join(names, ", ")));
}

H5Dataset open_volume(hid_t file, const std::string& path) {
  try {
    return open_dataset(file, path);
  } catch (const DataError&) {
    const std::vector<std::string> names = volumes_in(file);
    throw DataError(fmt::format("there is no such dataset; the file holds {}",
                                names.empty() ? std::string("none of three axes")
                                              : fmt::format("{}", fmt::join(names, ", "))));
  }
}

Spacing spacing_of(hid_t dataset) {
  const std::vector<double> values =
      read_number_attributes(dataset, "element_size_um").value_or(std::vector<double>{});
  const bool all_positive = std::all_of(
      values.begin(), values.end(), [](double value) { return value > 0 && std::isfinite(value); });
  if (values.size() != 3 || !all_positive) {
    throw DataError(
        fmt::format("attribute element_size_um holds ({}), expected three positive numbers (z, y, "
                    "x in um); write it to the dataset",
                    fmt::join(values, ", ")));
  }
  return {static_cast<float>(values[0]), static_cast<float>(values[1]),
          static_cast<float>(values[2])};
}

std::optional<float> number_of(hid_t dataset, const char* name) {
  const std::optional<double> value = read_number_attribute(dataset, name);
  return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
}

void read_dataset(hid_t dataset, StoredPsf& psf) {
  const H5Type type = type_of_dataset(dataset);
  const H5T_class_t type_class = H5Tget_class(type.get());
  if (type_class != H5T_INTEGER && type_class != H5T_FLOAT) {
    throw DataError("holds no numbers, expected a volume (z, y, x) of them");
  }
  const Extent extent = extent_of_dataset(dataset);
  psf.values.reshape(extent, spacing_of(dataset));
  check_hdf5(
      H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, psf.values.view().data),
      "read", "the values");
  psf.kind = read_text_attribute(dataset, "kind").value_or("");
  psf.model = read_text_attribute(dataset, "model").value_or("");
  psf.numerical_aperture = number_of(dataset, aperture_name);
  psf.refractive_index = number_of(dataset, index_name);
  psf.excitation_nm = number_of(dataset, wavelength_name);
}

void write_number(hid_t dataset, const char* name, std::optional<float> value) {
  if (value) {
    write_attribute(dataset, name, H5T_NATIVE_FLOAT, &*value, 1);
  }
}

void write_file(const std::string& path, const StoredPsf& psf) {
  H5File file = create_file(path, FileVersion::any_reader);
  {
    const H5Group group = create_group(file.get(), "psf");
    write_volume(group.get(), psf.kind, psf.values);
    const H5Dataset dataset = open_dataset(group.get(), psf.kind);
    write_text_attribute(dataset.get(), "kind", psf.kind);
    write_text_attribute(dataset.get(), "model", psf.model);
    write_number(dataset.get(), aperture_name, psf.numerical_aperture);
    write_number(dataset.get(), index_name, psf.refractive_index);
    write_number(dataset.get(), wavelength_name, psf.excitation_nm);
  }
  close_file(file, path);
}

}  // namespace

StoredPsf read_psf(const std::string& place) {
  const Hdf5ErrorsSilenced silenced;
  Place from = place_of(place);
  StoredPsf psf;
  try {
    const H5File file = open_file_read_only(from.file);
    if (from.path.empty()) {
      from.path = only_volume(file.get(), from.file);
    }
    read_dataset(open_volume(file.get(), from.path).get(), psf);
  } catch (const DataError& error) {
    throw DataError(
        fmt::format("{}{}: {}", from.file, from.path.empty() ? "" : ":" + from.path, error.what()));
  }
  psf.place = from.file + ":" + from.path;
  return psf;
}

void write_psf(const std::string& path, const StoredPsf& psf) {
  require(psf.kind == "measured" || psf.kind == "theoretical",
          "the kind of a PSF is \"" + psf.kind + "\", expected measured or theoretical");
  const Hdf5ErrorsSilenced silenced;
  try {
    write_atomically(path,
                     [&](const std::string& temporary_path) { write_file(temporary_path, psf); });
  } catch (const DataError& error) {
    throw ResourceError(path + ": cannot be written: " + error.what() +
                        "; check free space and permissions of the folder");
  }
}

}  // namespace bramble
