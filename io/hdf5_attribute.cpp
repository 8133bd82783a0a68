#include "io/hdf5_attribute.hpp"

#include "io/hdf5_calls.hpp"
#include "io/hdf5_text.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <string_view>

namespace bramble {
namespace {

constexpr hsize_t max_attribute_bytes = 1 << 24;  // a damaged file may claim any size

struct FreeHdf5Text {
  void operator()(char* text) const noexcept { H5free_memory(text); }
};

struct OpenAttribute {
  H5Attribute attribute;
  H5Type type;
  H5T_class_t type_class;
  std::size_t value_bytes;
  std::size_t num_values;
};

OpenAttribute inspect(hid_t object, const std::string& name) {
  H5Attribute attribute = open_attribute(object, name);
  H5Type type = type_of_attribute(attribute.get(), name);
  const H5Space space = space_of_attribute(attribute.get(), name);
  const hssize_t count = H5Sget_simple_extent_npoints(space.get());
  check_hdf5(count < 0 ? -1 : 0, "count the values of attribute", name);
  const std::size_t bytes = H5Tget_size(type.get());
  if (static_cast<hsize_t>(count) > max_attribute_bytes / (bytes == 0 ? 1 : bytes)) {
    throw DataError(fmt::format("attribute {} claims {} values of {} bytes; the file is damaged",
                                name, count, bytes));
  }
  const H5T_class_t type_class = H5Tget_class(type.get());
  return {std::move(attribute), std::move(type), type_class, bytes,
          static_cast<std::size_t>(count)};
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string read_variable_texts(const OpenAttribute& open, const std::string& name) {
  std::vector<char*> pointers(open.num_values, nullptr);
  check_hdf5(H5Aread(open.attribute.get(), open.type.get(), pointers.data()), "read attribute",
             name);
  std::vector<std::unique_ptr<char, FreeHdf5Text>> owners(pointers.begin(), pointers.end());
  std::vector<std::string> texts;
  for (const auto& text : owners) {
    texts.emplace_back(text ? text.get() : "");
  }
  return join(texts, ",");
}

std::string read_fixed_texts(const OpenAttribute& open, const std::string& name) {
  std::vector<char> bytes(open.num_values * open.value_bytes);
  check_hdf5(H5Aread(open.attribute.get(), open.type.get(), bytes.data()), "read attribute", name);
  std::vector<std::string> texts = split_fixed_texts(bytes, open.value_bytes);
  if (H5Tget_strpad(open.type.get()) == H5T_STR_SPACEPAD) {
    for (std::string& text : texts) {
      text.erase(text.find_last_not_of(' ') + 1);
    }
  }
  const bool single_characters = open.value_bytes == 1;
  return join(texts, single_characters ? "" : ",");
}

std::vector<double> read_numbers(const OpenAttribute& open, const std::string& name) {
  std::vector<double> numbers(open.num_values);
  check_hdf5(H5Aread(open.attribute.get(), H5T_NATIVE_DOUBLE, numbers.data()), "read attribute",
             name);
  return numbers;
}

std::string read_any_text(const OpenAttribute& open, const std::string& name) {
  if (open.num_values == 0) {
    return "";
  }
  if (open.type_class == H5T_STRING) {
    return H5Tis_variable_str(open.type.get()) > 0 ? read_variable_texts(open, name)
                                                   : read_fixed_texts(open, name);
  }
  if (open.type_class == H5T_INTEGER || open.type_class == H5T_FLOAT) {
    return fmt::format("{}", fmt::join(read_numbers(open, name), ","));
  }
  throw DataError("attribute " + name + " is neither text nor number; write it as one of them");
}

}  // namespace

std::optional<std::string> read_text_attribute(hid_t object, const std::string& name) {
  if (!has_attribute(object, name)) {
    return std::nullopt;
  }
  return read_any_text(inspect(object, name), name);
}

std::optional<std::vector<double>> read_number_attributes(hid_t object, const std::string& name) {
  if (!has_attribute(object, name)) {
    return std::nullopt;
  }
  const OpenAttribute open = inspect(object, name);
  if (open.num_values == 0) {
    return std::vector<double>{};
  }
  if (open.type_class == H5T_INTEGER || open.type_class == H5T_FLOAT) {
    return read_numbers(open, name);
  }
  const std::string text = read_any_text(open, name);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw DataError("attribute " + name + "=\"" + text + "\" is not a number; write it as one");
  }
  return std::vector<double>{number};
}

std::optional<double> read_number_attribute(hid_t object, const std::string& name) {
  const std::optional<std::vector<double>> numbers = read_number_attributes(object, name);
  if (!numbers || numbers->empty() || !std::isfinite(numbers->front())) {
    return std::nullopt;
  }
  return numbers->front();
}

void write_text_attribute(hid_t object, const std::string& name, const std::string& text) {
  const H5Type type = create_fixed_text_type(text.size());
  std::string padded = text;
  padded.resize(fixed_text_bytes(text.size()));
  write_attribute(object, name, type.get(), padded.data(), 1);
}

void write_attribute(hid_t object, const std::string& name, hid_t type, const void* values,
                     hsize_t size) {
  const H5Space space = size == 1 ? create_scalar_space() : create_space({size});
  const H5Attribute attribute(
      checked_id(H5Acreate2(object, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                 "create attribute", name));
  check_hdf5(H5Awrite(attribute.get(), type, values), "write attribute", name);
}

void read_attribute(hid_t object, const std::string& name, hid_t type, void* values, hsize_t size) {
  const OpenAttribute open = inspect(object, name);
  if (open.num_values != size) {
    throw DataError(fmt::format("attribute {} holds {} values, expected {}; the file is damaged",
                                name, open.num_values, size));
  }
  check_hdf5(H5Aread(open.attribute.get(), type, values), "read attribute", name);
}

}  // namespace bramble
