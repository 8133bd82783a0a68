#pragma once

#include "kernels/core/device.hpp"
#include "kernels/core/exec.hpp"

#include <gtest/gtest.h>

namespace bramble {

// The GPU's Exec for a test that compares backends, or a skip: without a GPU such a test is
// skipped, never passed.
#define BRAMBLE_CUDA_EXEC_OR_SKIP(name)                                        \
  if (::bramble::list_devices().empty()) {                                     \
    GTEST_SKIP() << "no CUDA device: the CPU result was not compared with it"; \
  }                                                                            \
  const ::bramble::Stream name##_stream = ::bramble::make_stream(0);           \
  const ::bramble::Exec name = ::bramble::cuda_exec(name##_stream)

}  // namespace bramble
