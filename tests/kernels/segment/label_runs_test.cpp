#include "kernels/segment/label_runs.hpp"

#include "tests/kernels/binary_volumes.hpp"
#include "tests/kernels/execs.hpp"
#include "tests/kernels/flood_fill.hpp"
#include "tests/kernels/omp_threads.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

namespace bramble {
namespace {

std::vector<std::int32_t> to_vector(const Array<std::int32_t>& array) {
  return {array.begin(), array.end()};
}

// Labels as a volume, renumbered 1, 2, ... by first voxel.
Volume<std::int32_t> label_volume(const RunLabels& runs) {
  Volume<std::int32_t> labels(MemorySpace::host, runs.extent, {1, 1, 1});
  std::fill(labels.voxels().begin(), labels.voxels().end(), 0);
  std::map<std::int32_t, std::int32_t> numbers;
  for (std::int64_t row = 0; row < runs.extent.num_rows(); ++row) {
    for (std::int32_t run = runs.first_run[row]; run < runs.first_run[row + 1]; ++run) {
      const auto next = static_cast<std::int32_t>(numbers.size()) + 1;
      const std::int32_t number = numbers.try_emplace(runs.label[run], next).first->second;
      std::int32_t* voxels = labels.voxels().data() + row * runs.extent.x;
      std::fill(voxels + runs.first_x[run], voxels + runs.end_x[run], number);
    }
  }
  return labels;
}

RunLabels labelled(const Mask& mask, Connectivity connectivity) {
  RunLabels runs;
  label_runs(cpu_exec, bits_of(mask), connectivity, runs);
  return runs;
}

TEST(LabelRuns, runs_of_one_row) {
  const Mask mask = mask_where({1, 1, 130}, [](Voxel v) {
    return v.x < 2 || (v.x >= 60 && v.x < 64) || v.x == 65 || v.x >= 127;
  });

  const RunLabels runs = labelled(mask, Connectivity::face_6);

  EXPECT_EQ(to_vector(runs.first_run), (std::vector<std::int32_t>{0, 4}));
  EXPECT_EQ(to_vector(runs.first_x), (std::vector<std::int32_t>{0, 60, 65, 127}));
  EXPECT_EQ(to_vector(runs.end_x), (std::vector<std::int32_t>{2, 64, 66, 130}));
  EXPECT_EQ(to_vector(runs.label), (std::vector<std::int32_t>{0, 1, 2, 3}));
}

TEST(LabelRuns, run_that_fills_whole_words_ends_with_the_row) {
  const RunLabels runs =
      labelled(mask_where({1, 2, 128}, [](Voxel) { return true; }), Connectivity::face_6);

  EXPECT_EQ(to_vector(runs.first_x), (std::vector<std::int32_t>{0, 0}));
  EXPECT_EQ(to_vector(runs.end_x), (std::vector<std::int32_t>{128, 128}));
  EXPECT_EQ(to_vector(runs.label), (std::vector<std::int32_t>{0, 0}));
}

TEST(LabelRuns, corners_join_with_26_neighbours_only) {
  const Mask corners = mask_where({2, 2, 2}, [](Voxel v) { return v.z == v.y && v.y == v.x; });

  EXPECT_EQ(to_vector(labelled(corners, Connectivity::corner_26).label),
            (std::vector<std::int32_t>{0, 0}));
  EXPECT_EQ(to_vector(labelled(corners, Connectivity::face_6).label),
            (std::vector<std::int32_t>{0, 1}));
}

TEST(LabelRuns, label_is_the_smallest_run_though_it_is_found_late) {
  // A "U": two arms that meet in the last row only.
  const Mask mask = mask_where({1, 4, 5}, [](Voxel v) { return v.x == 0 || v.x == 4 || v.y == 3; });

  EXPECT_EQ(to_vector(labelled(mask, Connectivity::face_6).label),
            (std::vector<std::int32_t>{0, 0, 0, 0, 0, 0, 0}));
}

TEST(LabelRuns, equals_flood_fill_on_random_volumes) {
  const Extent extents[] = {{1, 1, 1},   {7, 9, 11},  {3, 20, 64},
                            {6, 5, 130}, {1, 40, 70}, {30, 1, 33}};
  for (const Extent extent : extents) {
    for (const double foreground_frac : {0.1, 0.25, 0.5, 0.95}) {
      for (const Connectivity connectivity : {Connectivity::face_6, Connectivity::corner_26}) {
        const Mask mask = noise(extent, 31, foreground_frac);
        int num_components = 0;
        const Volume<std::int32_t> expected =
            label_by_flood_fill(mask, connectivity == Connectivity::corner_26, num_components);

        const Volume<std::int32_t> labels = label_volume(labelled(mask, connectivity));

        ASSERT_TRUE(
            std::equal(labels.voxels().begin(), labels.voxels().end(), expected.voxels().begin()))
            << extent.z << ' ' << extent.y << ' ' << extent.x << ' ' << foreground_frac;
      }
    }
  }
}

TEST(LabelRuns, empty_volumes_have_no_runs) {
  EXPECT_EQ(
      labelled(mask_where({3, 4, 5}, [](Voxel) { return false; }), Connectivity::face_6).num_runs(),
      0);
  EXPECT_EQ(
      labelled(mask_where({0, 4, 5}, [](Voxel) { return true; }), Connectivity::face_6).num_runs(),
      0);
}

TEST(LabelRuns, component_voxels_are_counted_at_the_label) {
  const Mask mask =
      mask_where({1, 3, 6}, [](Voxel v) { return v.x < 2 || (v.x >= 4 && v.y == 1); });
  const RunLabels runs = labelled(mask, Connectivity::face_6);
  Array<std::int64_t> num_voxels;

  count_component_voxels(cpu_exec, runs, num_voxels);

  EXPECT_EQ(std::vector<std::int64_t>(num_voxels.begin(), num_voxels.end()),
            (std::vector<std::int64_t>{6, 0, 2, 0}));
}

TEST(LabelRuns, painting_all_components_gives_the_input_back) {
  const Mask mask = noise({5, 6, 200}, 8, 0.6);
  const RunLabels runs = labelled(mask, Connectivity::face_6);
  Array<std::uint8_t> flags(MemorySpace::host, runs.num_runs());
  std::fill(flags.begin(), flags.end(), std::uint8_t{1});
  BitVolume painted;
  painted.reshape(cpu_exec, mask.extent());

  paint_components(cpu_exec, runs, flags, painted);

  EXPECT_TRUE(same(mask_of(painted), mask));
}

TEST(LabelRuns, same_for_any_number_of_threads) {
  const Mask mask = noise({370, 370, 6}, 12, 0.3);  // enough rows for parallel regions
  const OmpThreads one(1);
  const RunLabels expected = labelled(mask, Connectivity::corner_26);

  for (const int count : {2, 3}) {
    const OmpThreads threads(count);
    const RunLabels runs = labelled(mask, Connectivity::corner_26);
    EXPECT_EQ(to_vector(runs.label), to_vector(expected.label)) << count << " threads";
    EXPECT_EQ(to_vector(runs.end_x), to_vector(expected.end_x)) << count << " threads";
  }
}

TEST(LabelRuns, same_on_the_gpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Mask mask = noise({37, 53, 129}, 12, 0.3);
  BitVolume bits(MemorySpace::device);
  RunLabels runs(MemorySpace::device);
  Array<std::int32_t> label;
  copy(gpu, bits_of(mask), bits);

  label_runs(gpu, bits, Connectivity::corner_26, runs);
  copy(gpu, runs.label, label);

  EXPECT_EQ(to_vector(label), to_vector(labelled(mask, Connectivity::corner_26).label));
}

}  // namespace
}  // namespace bramble
