#pragma once

#include <hdf5.h>

#include <optional>
#include <string>
#include <vector>

namespace bramble {

// Reads an attribute as text, whatever the writer made of it: strings of fixed or variable length,
// arrays of single characters (joined, as Imaris writes them), several strings (joined by commas),
// numbers (printed). Empty when there is no such attribute; throws DataError when it cannot be read
// or is of another kind.
std::optional<std::string> read_text_attribute(hid_t object, const std::string& name);

// Reads numbers of any integer or floating-point type; a text that is one number counts.
std::optional<std::vector<double>> read_number_attributes(hid_t object, const std::string& name);

// The first number, when it is finite.
std::optional<double> read_number_attribute(hid_t object, const std::string& name);

// Texts are UTF-8 of fixed length: variable ones lie in a heap, whose bytes depend on the order of
// writing.
void write_text_attribute(hid_t object, const std::string& name, const std::string& text);

// Writes `size` values of `type` (a native type, also in the file) in one dimension; a scalar when
// size is 1.
void write_attribute(hid_t object, const std::string& name, hid_t type, const void* values,
                     hsize_t size);

// Reads exactly `size` values; throws DataError when there is no such attribute or it holds another
// number of them.
void read_attribute(hid_t object, const std::string& name, hid_t type, void* values, hsize_t size);

}  // namespace bramble
