#pragma once

#include "tests/jobs/program.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

// Runs of the whole program on a tiny synthetic study.
namespace bramble {

namespace fs = std::filesystem;

constexpr const char* one_animal = "--select sub=K01";

// Two animals, two sessions: four stacks in four archives, two fields.
class Run : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run_bramble("phantom " + study() + " --preset tiny").exit_code, 0);
    write_text(config(), "[restore]\niterations = 2\n");
  }

  std::string study() const { return (folder_.path() / "study").string(); }
  fs::path out(const std::string& name) const { return folder_.path() / name; }
  std::string arguments(const std::string& name, const std::string& more = "") const {
    return "run " + study() + " --device cpu --progress none --out " + out(name).string() +
           " --config " + config().string() + " " + more;
  }
  // Few iterations: nothing here depends on how well a stack is restored.
  fs::path config() const { return folder_.path() / "project.toml"; }
  fs::path any_archive() const { return fs::path(study()) / "sub-K01_ses-d01.h5"; }
  std::size_t num_stack_results(const std::string& name) const {
    std::size_t count = 0;
    std::error_code not_there;
    for (const auto& entry : fs::recursive_directory_iterator(out(name) / "stacks", not_there)) {
      count += entry.path().extension() == ".h5" ? 1 : 0;
    }
    return count;
  }

  TemporaryFolder folder_;
};

// Starts the program alone, signals it as soon as its first stack result is there, and returns how
// it ended.
inline int signal_after_first_result(const std::string& arguments, int signal,
                                     const std::function<std::size_t()>& num_results) {
  const pid_t child = fork();
  if (child == 0) {
    const std::string command = std::string("exec ") + BRAMBLE_PROGRAM + " " + arguments;
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  while (num_results() == 0 && waitpid(child, &status, WNOHANG) == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  kill(child, signal);
  waitpid(child, &status, 0);
  return status;
}

}  // namespace bramble
