#include "kernels/restore/deconvolution.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

// What is allocated after the first stack: every block of at least 64 KiB that this program asks
// for, be it for a volume or for a vector, is counted.
namespace {

constexpr std::size_t large_bytes = std::size_t{1} << 16;
std::atomic<int> num_large_blocks = 0;

void count_block(std::size_t num_bytes) {
  if (num_bytes >= large_bytes) {
    ++num_large_blocks;
  }
}

}  // namespace

// kernels/core/memory takes host memory from here.
extern "C" void* aligned_alloc(std::size_t alignment, std::size_t num_bytes) noexcept {
  count_block(num_bytes);
  void* bytes = nullptr;
  return posix_memalign(&bytes, alignment, num_bytes) == 0 ? bytes : nullptr;
}

void* operator new(std::size_t num_bytes) {
  count_block(num_bytes);
  void* bytes = std::malloc(num_bytes == 0 ? 1 : num_bytes);
  if (bytes == nullptr) {
    throw std::bad_alloc();
  }
  return bytes;
}
void operator delete(void* bytes) noexcept { std::free(bytes); }
void operator delete(void* bytes, std::size_t) noexcept { std::free(bytes); }

namespace bramble {
namespace {

TEST(Deconvolver, allocates_nothing_large_after_the_first_stack) {
  const Extent image{9, 60, 70};
  const Volume<float> photons = constant(image, 7);
  const HeldOut held_out{.photons = photons.view(), .ratio = 0.1, .patience = 9};
  for (const double lean : {0.0, 0.4}) {
    const Volume<float> psf = leaning_psf({5, 7, 7}, 1.2, 1.5, lean);
    for (const std::optional<Extent> tile : {std::optional<Extent>(), {{9, 60, 50}}}) {
      const int before = num_large_blocks;
      Deconvolver deconvolver(cpu_exec, image, psf, tile);
      Volume<float> restored = constant(image, 0);
      const DeconvolutionParams params{.method = DeconvolutionMethod::total_variation,
                                       .iterations = 3};
      const auto restore = [&] {
        deconvolver.restore(cpu_exec, photons.view(), {}, {}, restored.view(), params, &held_out);
      };
      restore();
      const int after_first = num_large_blocks;
      const std::int64_t num_bytes = deconvolver.num_bytes();

      restore();
      restore();

      EXPECT_GT(after_first, before + 3);
      EXPECT_EQ(num_large_blocks, after_first) << lean;
      EXPECT_EQ(deconvolver.num_bytes(), num_bytes);
    }
  }
}

}  // namespace
}  // namespace bramble
