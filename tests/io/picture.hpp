#pragma once

#include <gtest/gtest.h>
#include <png.h>

#include <cstdint>
#include <string>
#include <vector>

namespace bramble {

// A PNG picture as it was written: rows from above, red, green, blue.
struct Picture {
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> bytes;

  const std::uint8_t* pixel(int y, int x) const {
    return bytes.data() + 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                               static_cast<std::size_t>(x));
  }
  bool has_colour(int y, int x) const {
    const std::uint8_t* p = pixel(y, x);
    return p[0] != p[1] || p[1] != p[2];
  }
};

inline Picture read_png(const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  EXPECT_NE(png_image_begin_read_from_file(&image, path.c_str()), 0) << image.message;
  image.format = PNG_FORMAT_RGB;
  Picture picture{static_cast<int>(image.height), static_cast<int>(image.width), {}};
  picture.bytes.resize(PNG_IMAGE_SIZE(image));
  EXPECT_NE(png_image_finish_read(&image, nullptr, picture.bytes.data(), 0, nullptr), 0);
  return picture;
}

}  // namespace bramble
