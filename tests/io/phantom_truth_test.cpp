#include "io/phantom_truth.hpp"

#include "tests/io/example_records.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

const PhantomTruthTable& table(const std::string& file) {
  for (const PhantomTruthTable& known : phantom_truth_tables()) {
    if (known.file == file) {
      return known;
    }
  }
  throw std::out_of_range(file);
}

std::ptrdiff_t num_commas(const std::string& line) {
  return std::count(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(line.find('\n')), ',');
}

TEST(PhantomTruth, spines_have_the_promised_columns) {
  EXPECT_STREQ(
      table("truth_spines.csv").header,
      "subject,session,day,fov,dendrite_id,spine_id,base_z_um,base_y_um,base_x_um,head_z_um,"
      "head_y_um,head_x_um,tip_z_um,tip_y_um,tip_x_um,head_diameter_um,neck_length_um,length_um,"
      "lateral_protrusion_um,neighbour_um,class,scorable,edge,neck_diameter_um,volume_um3,"
      "azimuth_deg,tilt_deg,pool,birth_day,death_day,contrast,d_prime\n");
  EXPECT_EQ(table("truth_spines.csv").rows(example_phantom_stack()),
            "M01,ses-dm03,-3,chunk-01,d01,d01s001,1,0.2,0.1,1,0.3,0.1,1,0.4,0.1,0.45,0.3,"
            "0.3333333333333333,0.9,1.5,mushroom,1,0,0.15,0.07,90,-12.5,persistent,-3,88.5,0.31,"
            "12.25\n"
            "M01,ses-dm03,-3,chunk-01,d01,d01s002,1,0.2,0.2,1,0.3,0.2,1,0.4,0.2,0.3,0.6,1.2,1.1,"
            "NA,thin,0,1,0.1,0.02,0,0,transient,-3,1.5,0.1,5.5\n");
}

TEST(PhantomTruth, the_oracle_finds_what_stands_out) {
  EXPECT_EQ(table("truth_oracle.csv").rows(example_phantom_stack()),
            "M01,ses-dm03,-3,chunk-01,d01,d01s001,1,0.3,0.1,12.25,1\n");
}

TEST(PhantomTruth, nodes_say_whether_they_lie_in_the_volume) {
  EXPECT_EQ(table("truth_dendrites.csv").rows(example_phantom_stack()),
            "M01,ses-dm03,-3,chunk-01,d01,0,1,0.24,0,0.4,1\n"
            "M01,ses-dm03,-3,chunk-01,d01,1,1,0.24,0.345,0.4,1\n"
            "M01,ses-dm03,-3,chunk-01,d01,2,1,0.24,99,0.5,0\n");
}

TEST(PhantomTruth, a_session_has_its_pose_and_the_motion_of_every_slice) {
  EXPECT_EQ(table("truth_transforms.csv").rows(example_phantom_stack()),
            "M01,ses-dm03,-3,chunk-01,1,2,3,1,0,0,0,0.5,0,0,0,1,0.25,-4,0\n");
  EXPECT_EQ(table("truth_warp.csv").rows(example_phantom_stack()),
            "M01,ses-dm03,-3,chunk-01,0,1,2,0.1,0.2,0.3\n");
  EXPECT_EQ(table("truth_motion.csv").rows(example_phantom_stack()),
            "M01,ses-dm03,-3,chunk-01,0,0,0.5,-0.25,0\n"
            "M01,ses-dm03,-3,chunk-01,1,0,0,0,1\n");
}

TEST(PhantomTruth, every_row_has_a_cell_for_every_column) {
  for (const PhantomTruthTable& known : phantom_truth_tables()) {
    EXPECT_EQ(num_commas(known.header), num_commas(known.rows(example_phantom_stack())))
        << known.file;
  }
  EXPECT_EQ(num_commas(transitions_csv({})),
            num_commas(transitions_csv({{}}).substr(transitions_csv({}).size())));
  EXPECT_EQ(num_commas(summary_csv({})),
            num_commas(summary_csv({{}}).substr(summary_csv({}).size())));
}

TEST(PhantomTruth, counts_tell_all_spines_from_those_that_can_be_scored) {
  const PhantomTransitionRow row{.subject_id = "M01",
                                 .fov = "chunk-01",
                                 .dendrite_id = "d01",
                                 .session_from = "ses-dm01",
                                 .session_to = "ses-d01",
                                 .scorable_only = true,
                                 .n_from = 10,
                                 .n_to = 11,
                                 .n_stable = 9,
                                 .n_gained = 2,
                                 .n_lost = 1};
  const PhantomSummaryRow summary{.subject_id = "M01",
                                  .group = "saline",
                                  .session_id = "ses-d01",
                                  .day = 1,
                                  .fov = "chunk-01",
                                  .dendrite_id = "d01",
                                  .length_um = 20,
                                  .n_spines = 16,
                                  .n_scorable = 10,
                                  .density_per_um = 0.8,
                                  .scorable_density_per_um = 0.5};

  EXPECT_EQ(transitions_csv({row}),
            "subject,fov,dendrite_id,session_from,session_to,spines,n_from,n_to,n_stable,n_gained,"
            "n_lost\nM01,chunk-01,d01,ses-dm01,ses-d01,scorable,10,11,9,2,1\n");
  EXPECT_EQ(summary_csv({summary}),
            "subject,group,session,day,fov,dendrite_id,length_um,n_spines,n_scorable,"
            "density_per_um,scorable_density_per_um\n"
            "M01,saline,ses-d01,1,chunk-01,d01,20,16,10,0.8,0.5\n");
}

}  // namespace
}  // namespace bramble
