#pragma once

#include <exception>

namespace bramble {

// What `bramble` tells the shell and the job script.
enum class ExitCode : int {
  complete = 0,
  internal_error = 1,
  usage = 2,           // command line or configuration
  some_failed = 3,     // finished; the stacks that failed are listed
  nothing_usable = 4,  // the input holds nothing that could be analysed
  no_device = 5,       // no usable device, or MPI trouble
  interrupted = 75,    // the same command resumes
};

// The code that an exception which ended a command stands for.
ExitCode exit_code_of(const std::exception& error) noexcept;

}  // namespace bramble
