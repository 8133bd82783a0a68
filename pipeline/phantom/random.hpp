#pragma once

#include <array>
#include <cstdint>

namespace bramble {

// What a random number decides. Each purpose has numbers of its own, so that a new one never shifts
// those of another.
enum class RandomPurpose : std::uint64_t {
  dendrite = 1,
  dendrite_calibre,
  animal_density,
  initial_spines,
  spine_births,
  spine_position,
  spine_shape,
  spine_growth,
  session_pose,
  session_brightness,
  background,
  detector,
  branch,
  axons,
  puncta,
  session_warp,
  retraction,
  motion,
  field_depth,
  vessel,
};

// The thing that a random number belongs to. What does not apply stays 0.
struct RandomPlace {
  std::uint64_t seed = 0;
  RandomPurpose purpose = RandomPurpose::dendrite;
  std::uint64_t animal = 0;
  std::uint64_t field = 0;
  std::uint64_t dendrite = 0;
  std::uint64_t spine = 0;
  std::uint64_t session = 0;
};

// One block of Philox4x32-10 (Salmon et al. 2011, doi 10.1145/2063384.2063405): a pure function of
// counter and key.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key) noexcept;

// A place hashed to a Philox key. Computed once a place; a voxel then costs no hash.
std::uint64_t random_key(const RandomPlace& place) noexcept;

struct NormalPair {
  double first = 0;
  double second = 0;
};

// The random numbers of one place, or of one voxel (or attempt, ...) of it: the n-th is a pure
// function of (place, index, n). A small value on the stack; about 20 ns a number.
class Random {
 public:
  explicit Random(const RandomPlace& place, std::uint64_t index = 0) noexcept
      : Random(random_key(place), index) {}
  Random(std::uint64_t key, std::uint64_t index) noexcept : key_(key), index_(index) {}

  // In the open interval (0, 1), 53 bits.
  double uniform() noexcept;
  double uniform_within(double low, double high) noexcept;
  // Two independent standard normals (Box-Muller).
  NormalPair normal_pair() noexcept;
  double normal() noexcept { return normal_pair().first; }
  double lognormal(double median, double log_sd) noexcept;
  // Drawn again until it lies in [low, high], which must hold a fair part of the distribution.
  double lognormal_within(double median, double log_sd, double low, double high) noexcept;
  double exponential(double mean) noexcept;
  // Inversion below a mean of 10, from there on PTRS (Hoermann 1993,
  // doi 10.1016/0167-6687(93)90997-4). Mean >= 0.
  std::int64_t poisson(double mean) noexcept;

 private:
  std::uint64_t next_bits() noexcept;
  std::int64_t poisson_by_inversion(double mean) noexcept;
  std::int64_t poisson_by_rejection(double mean) noexcept;

  std::uint64_t key_;
  std::uint64_t index_;
  std::uint32_t num_blocks_ = 0;
  std::uint64_t spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace bramble
