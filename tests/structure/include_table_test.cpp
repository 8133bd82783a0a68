#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

// Who may include whom, and which libraries stay in which folder:
//   kernels/core <- kernels/<topic> <- pipeline <- jobs;   kernels/core <- pipeline/records <- io
//   <- jobs
namespace bramble {
namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;    // "kernels/core/volume.hpp"
  std::string target;  // "kernels/core/memory.hpp" or "hdf5.h"
  bool is_ours = false;
};

bool is_source(const fs::path& path) {
  return path.extension() == ".hpp" || path.extension() == ".cpp" || path.extension() == ".cu";
}

std::vector<Include> includes_below(const std::string& folder) {
  const fs::path root = BRAMBLE_SOURCE_DIR;
  const std::regex pattern(R"(^\s*#include\s+([<"])([^>"]+)[>"])");
  std::vector<Include> includes;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    if (!is_source(entry.path())) {
      continue;
    }
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      std::smatch match;
      if (std::regex_search(line, match, pattern)) {
        includes.push_back({fs::relative(entry.path(), root).string(), match[2], match[1] == "\""});
      }
    }
  }
  return includes;
}

bool starts_with_any(const std::string& text, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return text.starts_with(prefix); });
}

// "kernels/<topic>/" of a file below kernels.
std::string topic_of(const std::string& file) {
  return file.substr(0, file.find('/', std::string("kernels/").size()) + 1);
}

void expect_only(const std::string& folder, const std::vector<std::string>& allowed) {
  const std::vector<Include> includes = includes_below(folder);
  ASSERT_FALSE(includes.empty()) << folder;
  for (const Include& include : includes) {
    EXPECT_TRUE(!include.is_ours || starts_with_any(include.target, allowed))
        << include.file << " includes " << include.target;
  }
}

void expect_library_only_in(const std::vector<std::string>& headers,
                            const std::vector<std::string>& folders) {
  for (const std::string folder : {"kernels", "pipeline", "io", "jobs"}) {
    for (const Include& include : includes_below(folder)) {
      EXPECT_TRUE(include.is_ours || !starts_with_any(include.target, headers) ||
                  starts_with_any(include.file, folders))
          << include.file << " includes <" << include.target << ">";
    }
  }
}

TEST(IncludeTable, core_stands_alone) { expect_only("kernels/core", {"kernels/core/"}); }

TEST(IncludeTable, a_topic_includes_core_and_itself) {
  for (const Include& include : includes_below("kernels")) {
    EXPECT_TRUE(!include.is_ours ||
                starts_with_any(include.target, {"kernels/core/", topic_of(include.file)}))
        << include.file << " includes " << include.target;
  }
}

TEST(IncludeTable, records_include_core_and_records) {
  expect_only("pipeline/records", {"kernels/core/", "pipeline/records/"});
}

TEST(IncludeTable, pipeline_includes_kernels_and_pipeline) {
  expect_only("pipeline", {"kernels/", "pipeline/"});
}

TEST(IncludeTable, io_includes_core_records_and_io) {
  expect_only("io", {"kernels/core/", "pipeline/records/", "io/"});
}

TEST(IncludeTable, jobs_include_all_layers_but_no_tests) {
  expect_only("jobs", {"kernels/", "pipeline/", "io/", "jobs/", "bramble_build/"});
}

TEST(IncludeTable, libraries_stay_in_their_folder) {
  expect_library_only_in({"cuda", "cufft", "thrust/", "cub/", "fftw3"}, {"kernels/"});
  expect_library_only_in({"hdf5", "png", "tiffio", "pugixml"}, {"io/"});
  expect_library_only_in({"mpi.h", "CLI/", "toml++/", "spdlog/"}, {"jobs/"});
}

TEST(IncludeTable, conditional_compilation_stays_in_core) {
  const std::regex pattern(R"(^\s*#\s*if)");
  const fs::path root = BRAMBLE_SOURCE_DIR;
  for (const std::string folder : {"kernels", "pipeline", "io", "jobs", "bench"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string file = fs::relative(entry.path(), root).string();
      if (!is_source(entry.path()) || file.starts_with("kernels/core/")) {
        continue;
      }
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        EXPECT_FALSE(std::regex_search(line, pattern)) << file << ": " << line;
      }
    }
  }
}

}  // namespace
}  // namespace bramble
