#pragma once

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace bramble {

inline std::string number(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", digits, value);
  return text;
}

inline std::string per_cent(double fraction, int digits = 1) {
  char text[64];
  std::snprintf(text, sizeof(text), "%+.*f %%", digits, 100 * fraction);
  return text;
}

// A table in Markdown, printed when it is complete.
class MarkdownTable {
 public:
  explicit MarkdownTable(std::vector<std::string> header) {
    const std::size_t width = header.size();
    add(std::move(header));
    add(std::vector<std::string>(width, "---"));
  }

  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  void print(const std::string& title, const std::string& note) const {
    std::printf("\n### %s\n\n%s\n\n", title.c_str(), note.c_str());
    for (const std::vector<std::string>& row : rows_) {
      std::printf("|");
      for (const std::string& cell : row) {
        std::printf(" %s |", cell.c_str());
      }
      std::printf("\n");
    }
    std::fflush(stdout);
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace bramble
