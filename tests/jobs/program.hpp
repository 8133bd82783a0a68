#pragma once

#include "tests/jobs/temporary_folder.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

// Runs the built program as a user would.
namespace bramble {

// How a command ended, and what it printed.
struct Finished {
  int exit_code = -1;
  std::string out;
  std::string err;
};

// Threads of several ranks share few processors here: those that wait must not spin.
inline Finished run_shell(const std::string& command) {
  const TemporaryFolder folder;
  const std::filesystem::path out = folder.path() / "out";
  const std::filesystem::path err = folder.path() / "err";
  const int status = std::system(
      ("OMP_WAIT_POLICY=passive " + command + " >" + out.string() + " 2>" + err.string()).c_str());
  return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          .out = read_text(out),
          .err = read_text(err)};
}

inline Finished run_bramble(const std::string& arguments) {
  return run_shell(std::string(BRAMBLE_PROGRAM) + " " + arguments);
}

// As several ranks on this machine, whatever its number of processors.
inline Finished run_ranks(int num_ranks, const std::string& arguments) {
  return run_shell(std::string("OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 ") +
                   BRAMBLE_MPIEXEC + " --bind-to none --oversubscribe -n " +
                   std::to_string(num_ranks) + " " + BRAMBLE_PROGRAM + " " + arguments);
}

// The files of a run folder that must not differ between runs, by path in it: all but log, journals
// and timings.
inline std::map<std::string, std::string> lasting_files(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = std::filesystem::relative(entry.path(), folder).string();
    const bool passing = name == "log.txt" || name == "timings.tsv" || name.starts_with("journal");
    if (entry.is_regular_file() && !passing) {
      files[name] = read_text(entry.path());
    }
  }
  return files;
}

// The names of the files that two such sets do not share byte for byte; empty when they are equal.
inline std::string differing_files(const std::map<std::string, std::string>& a,
                                   const std::map<std::string, std::string>& b) {
  std::string names;
  for (const auto& [name, text] : a) {
    const auto found = b.find(name);
    if (found == b.end() || found->second != text) {
      names += name + " ";
    }
  }
  for (const auto& [name, text] : b) {
    names += a.contains(name) ? "" : name + " ";
  }
  return names;
}

}  // namespace bramble
