#include "pipeline/phantom/voxel_noise.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace bramble {
namespace {

constexpr std::size_t lanes = 8;
using Words = std::array<std::uint32_t, lanes>;

// random.hpp's philox() for `lanes` counters at once.
void philox_rounds(std::array<Words, 4>& counter, std::uint64_t key) noexcept {
  constexpr int num_rounds = 10;
  auto key_0 = static_cast<std::uint32_t>(key);
  auto key_1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < num_rounds; ++round) {
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::uint64_t product_0 = std::uint64_t{0xD2511F53u} * counter[0][i];
      const std::uint64_t product_1 = std::uint64_t{0xCD9E8D57u} * counter[2][i];
      counter[0][i] = static_cast<std::uint32_t>(product_1 >> 32) ^ counter[1][i] ^ key_0;
      counter[2][i] = static_cast<std::uint32_t>(product_0 >> 32) ^ counter[3][i] ^ key_1;
      counter[1][i] = static_cast<std::uint32_t>(product_1);
      counter[3][i] = static_cast<std::uint32_t>(product_0);
    }
    key_0 += 0x9E3779B9u;
    key_1 += 0xBB67AE85u;
  }
}

// Natural logarithm of a positive normal number, to 1e-7: coefficients of Cephes' logf (Moshier
// 1989, Methods and Programs for Mathematical Functions).
float fast_log(float value) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  // The mantissa between sqrt(1/2) and sqrt(2).
  const std::uint32_t above = bits - 0x3F3504F3u;
  const auto exponent = static_cast<float>(static_cast<std::int32_t>(above) >> 23);
  const float x = std::bit_cast<float>((above & 0x007FFFFFu) + 0x3F3504F3u) - 1;
  float p = 7.0376836292e-2f;
  p = p * x - 1.1514610310e-1f;
  p = p * x + 1.1676998740e-1f;
  p = p * x - 1.2420140846e-1f;
  p = p * x + 1.4249322787e-1f;
  p = p * x - 1.6668057665e-1f;
  p = p * x + 2.0000714765e-1f;
  p = p * x - 2.4999993993e-1f;
  p = p * x + 3.3333331174e-1f;
  const float square = x * x;
  return exponent * std::numbers::ln2_v<float> + (p * x * square - 0.5f * square + x);
}

// In (0, 1), 24 bits.
float open_uniform(std::uint32_t bits) noexcept {
  return (static_cast<float>(static_cast<std::int32_t>(bits >> 8)) + 0.5f) * 0x1.0p-24f;
}

struct Direction {
  float sine = 0;
  float cosine = 0;
};

// A direction by its turns / 2^32: the top two bits are the quarter, in which the Taylor series to
// the seventh and eighth order are within 4e-7.
Direction direction_of(std::uint32_t turns) noexcept {
  const float angle = (open_uniform(turns << 2) - 0.5f) * (0.5f * std::numbers::pi_v<float>);
  const float square = angle * angle;
  const float sine =
      angle * (1 + square * (-1.0f / 6 + square * (1.0f / 120 - square * (1.0f / 5040))));
  const float cosine =
      1 + square * (-0.5f + square * (1.0f / 24 + square * (-1.0f / 720 + square / 40320)));
  const std::uint32_t quarter = turns >> 30;
  const float along = (quarter & 1) != 0 ? cosine : sine;
  const float across = (quarter & 1) != 0 ? sine : cosine;
  return {quarter >= 2 ? -along : along, quarter == 1 || quarter == 2 ? -across : across};
}

}  // namespace

void draw_noise(std::uint64_t key, std::uint64_t first_index, VoxelNoise& noise) noexcept {
  for (std::size_t start = 0; start < VoxelNoise::size; start += lanes) {
    std::array<Words, 4> words;
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::uint64_t index = first_index + start + i;
      words[0][i] = 0;
      words[1][i] = 1;  // 0 in all counters of Random
      words[2][i] = static_cast<std::uint32_t>(index);
      words[3][i] = static_cast<std::uint32_t>(index >> 32);
    }
    philox_rounds(words, key);
    for (std::size_t i = 0; i < lanes; ++i) {
      const float radius = std::sqrt(-2 * fast_log(open_uniform(words[1][i])));
      const Direction direction = direction_of(words[2][i]);
      noise.uniform[start + i] = words[0][i];
      noise.first_normal[start + i] = radius * direction.cosine;
      noise.second_normal[start + i] = radius * direction.sine;
    }
  }
}

}  // namespace bramble
