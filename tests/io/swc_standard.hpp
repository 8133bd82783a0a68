#pragma once

#include <charconv>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

namespace bramble {

// What the standard asks of an SWC file (INCF/swc-specification, Cannon et al. 1998,
// doi 10.1016/S0165-0270(98)00091-0), as its strictest readers take it, and what the file holds.
struct SwcFile {
  struct Sample {
    int type = 0;
    double x_um = 0;
    double y_um = 0;
    double z_um = 0;
    double radius_um = 0;
    int parent = -1;
  };

  std::vector<Sample> samples;        // sample i has the number i + 1
  std::vector<std::string> comments;  // without "# "
  std::vector<double> tree_lengths_um;
  std::string problem;  // the first one, with its line; empty: none
};

// Reads number after number of a line, each behind exactly one space but the first.
class SwcLine {
 public:
  explicit SwcLine(const std::string& line) : at_(line.data()), end_(line.data() + line.size()) {}

  template <class Number>
  bool read(Number& number) {
    if (num_read_ > 0) {
      if (at_ == end_ || *at_ != ' ') {
        return false;
      }
      ++at_;
    }
    const auto [next, error] = std::from_chars(at_, end_, number);
    at_ = next;
    ++num_read_;
    return error == std::errc();
  }

  bool is_at_end() const { return at_ == end_; }

 private:
  const char* at_;
  const char* end_;
  int num_read_ = 0;
};

inline std::string problem_of(const SwcFile::Sample& sample, int number, int expected,
                              const std::vector<SwcFile::Sample>& before) {
  if (number != expected) {
    return "numbers do not count up from 1";
  }
  if (sample.type < 0 || sample.type > 7) {
    return "unknown type";
  }
  if (!std::isfinite(sample.x_um + sample.y_um + sample.z_um + sample.radius_um)) {
    return "a value is not finite";
  }
  if (!(sample.radius_um > 0)) {
    return "radius is not positive";
  }
  if (sample.parent != -1 && (sample.parent < 1 || sample.parent >= number)) {
    return "parent does not come before";
  }
  constexpr int soma = 1;
  const bool parent_is_soma =
      sample.parent == -1 || before[static_cast<std::size_t>(sample.parent - 1)].type == soma;
  return sample.type == soma && !parent_is_soma ? "soma grows from something else" : "";
}

inline SwcFile read_swc(const std::string& text) {
  SwcFile file;
  std::vector<std::size_t> tree_of;
  std::istringstream lines(text);
  int line_number = 0;
  if (text.empty() || text.back() != '\n') {
    file.problem = "does not end with a line feed";
  }
  for (std::string line; file.problem.empty() && std::getline(lines, line);) {
    ++line_number;
    if (line.starts_with("# ") && file.samples.empty()) {
      file.comments.push_back(line.substr(2));
      continue;
    }
    SwcLine reader(line);
    SwcFile::Sample sample;
    int number = 0;
    const bool complete = reader.read(number) && reader.read(sample.type) &&
                          reader.read(sample.x_um) && reader.read(sample.y_um) &&
                          reader.read(sample.z_um) && reader.read(sample.radius_um) &&
                          reader.read(sample.parent) && reader.is_at_end();
    const int expected = static_cast<int>(file.samples.size()) + 1;
    const std::string problem = complete ? problem_of(sample, number, expected, file.samples)
                                         : "not seven numbers with a space between them";
    if (!problem.empty()) {
      file.problem = "line " + std::to_string(line_number) + ": " + problem;
      break;
    }
    if (sample.parent == -1) {
      tree_of.push_back(file.tree_lengths_um.size());
      file.tree_lengths_um.push_back(0);
    } else {
      const auto parent = static_cast<std::size_t>(sample.parent - 1);
      const SwcFile::Sample& from = file.samples[parent];
      tree_of.push_back(tree_of[parent]);
      file.tree_lengths_um[tree_of[parent]] +=
          std::hypot(sample.x_um - from.x_um, sample.y_um - from.y_um, sample.z_um - from.z_um);
    }
    file.samples.push_back(sample);
  }
  return file;
}

}  // namespace bramble
