#include "pipeline/phantom/random.hpp"

#include <cmath>
#include <numbers>

namespace bramble {
namespace {

constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15u;

// The finaliser of SplitMix64 (Steele et al. 2014, doi 10.1145/2660193.2660195): a bijection that
// spreads every bit.
std::uint64_t mix(std::uint64_t value) noexcept {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
  return value ^ (value >> 31);
}

std::uint32_t low_word(std::uint64_t value) noexcept { return static_cast<std::uint32_t>(value); }
std::uint32_t high_word(std::uint64_t value) noexcept {
  return static_cast<std::uint32_t>(value >> 32);
}

// log(k!). Not std::lgamma, which writes a global and whose last bit differs between C libraries.
// The Stirling series is within 1e-12 from k = 10 on, and only means from 10 on ask often.
double log_factorial(double k) noexcept {
  if (k < 10) {
    double product = 1;
    for (double factor = 2; factor <= k; ++factor) {
      product *= factor;
    }
    return std::log(product);
  }
  const double n = k + 1;
  const double inverse_square = 1 / (n * n);
  const double series =
      (1.0 / 12 -
       inverse_square * (1.0 / 360 - inverse_square * (1.0 / 1260 - inverse_square / 1680))) /
      n;
  return (n - 0.5) * std::log(n) - n + 0.5 * std::log(2 * std::numbers::pi) + series;
}

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key) noexcept {
  constexpr int num_rounds = 10;
  for (int round = 0; round < num_rounds; ++round) {
    const std::uint64_t product_0 = std::uint64_t{0xD2511F53u} * counter[0];
    const std::uint64_t product_1 = std::uint64_t{0xCD9E8D57u} * counter[2];
    counter = {high_word(product_1) ^ counter[1] ^ key[0], low_word(product_1),
               high_word(product_0) ^ counter[3] ^ key[1], low_word(product_0)};
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
  return counter;
}

std::uint64_t random_key(const RandomPlace& place) noexcept {
  std::uint64_t key = mix(place.seed + golden_gamma);
  for (const std::uint64_t part : {static_cast<std::uint64_t>(place.purpose), place.animal,
                                   place.field, place.dendrite, place.spine, place.session}) {
    key = mix((key ^ part) + golden_gamma);
  }
  return key;
}

std::uint64_t Random::next_bits() noexcept {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  const auto words = philox({num_blocks_++, 0, low_word(index_), high_word(index_)},
                            {low_word(key_), high_word(key_)});
  spare_ = std::uint64_t{words[3]} << 32 | words[2];
  has_spare_ = true;
  return std::uint64_t{words[1]} << 32 | words[0];
}

double Random::uniform() noexcept {
  return (static_cast<double>(next_bits() >> 11) + 0.5) * 0x1.0p-53;
}

double Random::uniform_within(double low, double high) noexcept {
  return low + (high - low) * uniform();
}

NormalPair Random::normal_pair() noexcept {
  const double radius = std::sqrt(-2 * std::log(uniform()));
  const double angle = 2 * std::numbers::pi * uniform();
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

double Random::lognormal(double median, double log_sd) noexcept {
  return median * std::exp(log_sd * normal());
}

double Random::lognormal_within(double median, double log_sd, double low, double high) noexcept {
  double value = lognormal(median, log_sd);
  while (value < low || value > high) {
    value = lognormal(median, log_sd);
  }
  return value;
}

double Random::exponential(double mean) noexcept { return -mean * std::log(uniform()); }

std::int64_t Random::poisson(double mean) noexcept {
  return mean < 10 ? poisson_by_inversion(mean) : poisson_by_rejection(mean);
}

std::int64_t Random::poisson_by_inversion(double mean) noexcept {
  // Where the probability no longer changes the sum, the sum can no longer reach the uniform
  // number.
  constexpr double negligible = 1e-18;
  const double wanted = uniform();
  double probability = std::exp(-mean);
  double cumulative = probability;
  std::int64_t k = 0;
  while (wanted > cumulative && probability > negligible) {
    ++k;
    probability *= mean / static_cast<double>(k);
    cumulative += probability;
  }
  return k;
}

std::int64_t Random::poisson_by_rejection(double mean) noexcept {
  // Names and constants as in the paper's algorithm PTRS.
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const double u = uniform() - 0.5;
    const double v = uniform();
    const double u_s = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / u_s + b) * u + mean + 0.43);
    if (u_s >= 0.07 && v <= v_r) {
      return static_cast<std::int64_t>(k);
    }
    if (k < 0 || (u_s < 0.013 && v > u_s)) {
      continue;
    }
    if (std::log(v * inverse_alpha / (a / (u_s * u_s) + b)) <=
        k * std::log(mean) - mean - log_factorial(k)) {
      return static_cast<std::int64_t>(k);
    }
  }
}

}  // namespace bramble
