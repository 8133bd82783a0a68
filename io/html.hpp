#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bramble {

// A text that a browser shows as it is, in an element and in a quoted attribute.
std::string escape_html(std::string_view text);

// A relative path as the value of href or src: each byte that is not plain is percent-encoded.
std::string escape_url(std::string_view path);

// A table of texts (not yet escaped). Cells that are numbers are set to the right. `hints` are
// shown over the header cells; either empty or one per column.
struct HtmlTable {
  std::vector<std::string> header;
  std::vector<std::string> hints;
  std::vector<std::vector<std::string>> rows;
};
std::string html_table(const HtmlTable& table);

}  // namespace bramble
