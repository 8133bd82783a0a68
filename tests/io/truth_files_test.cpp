#include "io/truth_files.hpp"

#include "kernels/core/error.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr char old_phantom_header[] =
    "subject,session,day,fov,dendrite_id,spine_id,base_z_um,base_y_um,base_x_um,head_z_um,"
    "head_y_um,head_x_um,tip_z_um,tip_y_um,tip_x_um,head_diameter_um,neck_length_um,length_um,"
    "lateral_protrusion_um,neighbour_um,class,scorable,edge";

void write_phantom(const TemporaryFolder& folder, const std::string& spines) {
  write_content(folder.file("truth_spines.csv"), spines);
  write_content(folder.file("truth_dendrites.csv"),
                "subject,session,day,fov,dendrite_id,node,z_um,y_um,x_um,radius_um,inside\n"
                "K01,ses-d01,1,chunk-01,d01,0,1,2,-3,0.4,0\n"
                "K01,ses-d01,1,chunk-01,d01,1,1,2,3,0.4,1\n"
                "K01,ses-d01,1,chunk-01,d02,0,1,2,4,0.4,1\n"
                "K01,ses-d03,3,chunk-01,d01,0,1,2,4,0.4,1\n");
}

TEST(PhantomTruth, older_studies_lack_the_last_columns) {
  const TemporaryFolder folder;
  write_phantom(folder, std::string(old_phantom_header) +
                            "\nK01,ses-d01,1,chunk-01,d01,d01s001,0,0,0,1.5,2.5,3.5,0,0,0,0.5,0.4,"
                            "0.9,0.6,NA,thin,1,0\n"
                            "K01,ses-d01,1,chunk-01,d01,d01s002,0,0,0,1,2,3,0,0,0,0.5,0.4,"
                            "0.9,0.6,1.25,stubby,0,1\n");

  const StudyTruth truth = read_study_truth(folder.path());

  EXPECT_EQ(truth.kind, TruthKind::phantom);
  ASSERT_EQ(truth.stacks.size(), 2u);  // the second session has a dendrite and no spine
  const TruthStack& stack = truth.stacks[0];
  EXPECT_EQ(stack.subject_id, "K01");
  EXPECT_EQ(stack.session_id, "ses-d01");
  EXPECT_EQ(stack.day, 1);
  ASSERT_EQ(stack.spines.size(), 2u);
  EXPECT_EQ(stack.spines[0].head, (Position{1.5, 2.5, 3.5}));
  EXPECT_EQ(stack.spines[0].spine_id, "d01/d01s001");
  EXPECT_TRUE(stack.spines[0].counts);
  EXPECT_TRUE(std::isnan(stack.spines[0].neighbour_um));
  EXPECT_TRUE(std::isnan(stack.spines[0].d_prime));
  EXPECT_FALSE(stack.spines[1].counts);
  EXPECT_EQ(stack.spines[1].neighbour_um, 1.25);
  EXPECT_EQ(stack.spines[1].spine_class, "stubby");
  ASSERT_EQ(stack.dendrites.size(), 2u);
  EXPECT_THAT(stack.dendrites[0].inside, ElementsAre(false, true));
  EXPECT_EQ(stack.dendrites[0].nodes[0], (Position{1, 2, -3}));
  EXPECT_EQ(stack.dendrites[1].dendrite_id, "d02");
  EXPECT_TRUE(truth.stacks[1].spines.empty());
}

TEST(PhantomTruth, newer_studies_have_contrast_and_d_prime) {
  const TemporaryFolder folder;
  write_phantom(folder, std::string(old_phantom_header) +
                            ",contrast,d_prime\nK01,ses-d01,1,chunk-01,d01,d01s001,0,0,0,1,2,3,0,0,"
                            "0,0.5,0.4,0.9,0.6,NA,thin,1,0,0.35,8.5\n");

  const StudyTruth truth = read_study_truth(folder.path());

  EXPECT_EQ(truth.stacks[0].spines[0].contrast, 0.35);
  EXPECT_EQ(truth.stacks[0].spines[0].d_prime, 8.5);
}

TEST(PhantomTruth, lengths_come_from_the_summary) {
  const TemporaryFolder folder;
  write_phantom(folder, std::string(old_phantom_header) + "\n");
  EXPECT_TRUE(std::isnan(read_study_truth(folder.path()).stacks[0].dendrites[0].length_um));
  write_content(folder.file("truth_summary.csv"),
                "subject,group,session,day,fov,dendrite_id,length_um,n_spines\n"
                "K01,ketamine,ses-d01,1,chunk-01,d02,7.5,3\n");

  const StudyTruth truth = read_study_truth(folder.path());

  EXPECT_TRUE(std::isnan(truth.stacks[0].dendrites[0].length_um));
  EXPECT_EQ(truth.stacks[0].dendrites[1].length_um, 7.5);
}

TEST(PhantomTruth, bad_cell_is_refused_with_its_place) {
  const TemporaryFolder folder;
  write_phantom(folder, std::string(old_phantom_header) +
                            "\nK01,ses-d01,1,chunk-01,d01,d01s001,0,0,0,1,here,3,0,0,0,0.5,0.4,0.9,"
                            "0.6,NA,thin,1,0\n");

  EXPECT_THAT([&] { read_study_truth(folder.path()); },
              ThrowsMessage<DataError>(AllOf(
                  HasSubstr("truth_spines.csv, line 2, column head_y_um"), HasSubstr("here"))));
}

TEST(Annotation, head_lies_a_step_from_the_tip_towards_the_base) {
  const TemporaryFolder folder;
  write_content(folder.file("spines.csv"),
                "session,day,spine_id,dendrite_id,tip_z_um,tip_y_um,tip_x_um,base_z_um,base_y_um,"
                "base_x_um,excluded\n"
                "d00,0,7,1,5,2,3,5,6,3,0\n"
                "ses-d00,0,8,1,5,2,3,5,2,3,1\n");
  write_content(folder.file("centrelines.csv"),
                "session,dendrite_id,node,z_um,y_um,x_um\n"
                "ses-d00,1,0,5,6,0\nses-d00,1,1,5,6,9\n");

  const StudyTruth truth = read_study_truth(folder.path());

  EXPECT_EQ(truth.kind, TruthKind::annotation);
  ASSERT_EQ(truth.stacks.size(), 1u);
  const TruthStack& stack = truth.stacks[0];
  EXPECT_EQ(stack.subject_id, "");
  EXPECT_EQ(stack.session_id, "ses-d00");
  EXPECT_EQ(stack.day, 0);
  ASSERT_EQ(stack.spines.size(), 2u);
  EXPECT_NEAR(stack.spines[0].head.y_um, 2.36, 1e-12);
  EXPECT_TRUE(stack.spines[0].counts);
  EXPECT_EQ(stack.spines[1].head, (Position{5, 2, 3}));  // tip and base are one point
  EXPECT_FALSE(stack.spines[1].counts);
  ASSERT_EQ(stack.dendrites.size(), 1u);
  EXPECT_EQ(stack.dendrites[0].nodes.size(), 2u);
}

TEST(HeadPositions, need_three_columns_only) {
  const TemporaryFolder folder;
  write_content(folder.file("heads.csv"), "x_um,y_um,z_um\n3,2,1\n6,5,4\n");

  const StudyTruth truth = read_study_truth(folder.file("heads.csv"));

  EXPECT_EQ(truth.kind, TruthKind::positions);
  ASSERT_EQ(truth.stacks.size(), 1u);
  ASSERT_EQ(truth.stacks[0].spines.size(), 2u);
  EXPECT_EQ(truth.stacks[0].spines[0].head, (Position{1, 2, 3}));
  EXPECT_NE(truth.stacks[0].spines[0].spine_id, truth.stacks[0].spines[1].spine_id);
}

TEST(HeadPositions, are_gathered_by_stack) {
  const TemporaryFolder folder;
  write_content(folder.file("heads.csv"),
                "subject,session,fov,spine_id,z_um,y_um,x_um\n"
                "sub-M02,d01,chunk-01,a,1,2,3\nM01,ses-d01,chunk-01,a,1,2,3\n"
                "M02,ses-d01,chunk-01,b,1,2,3\n");

  const StudyTruth truth = read_study_truth(folder.file("heads.csv"));

  ASSERT_EQ(truth.stacks.size(), 2u);
  EXPECT_EQ(truth.stacks[1].subject_id, "M02");
  EXPECT_EQ(truth.stacks[1].spines.size(), 2u);
}

TEST(HeadPositions, missing_column_or_position_is_refused) {
  const TemporaryFolder folder;
  write_content(folder.file("a.csv"), "x_um,y_um\n3,2\n");
  write_content(folder.file("b.csv"), "x_um,y_um,z_um\n3,2,NA\n");
  write_content(folder.file("c.csv"), "x_um,y_um,z_um\n");

  EXPECT_THAT([&] { read_study_truth(folder.file("a.csv")); },
              ThrowsMessage<DataError>(HasSubstr("no column z_um")));
  EXPECT_THAT([&] { read_study_truth(folder.file("b.csv")); },
              ThrowsMessage<DataError>(HasSubstr("line 2, column z_um")));
  EXPECT_THAT([&] { read_study_truth(folder.file("c.csv")); },
              ThrowsMessage<DataError>(HasSubstr("no rows")));
}

TEST(StudyTruthFolder, without_known_files_is_refused_with_what_was_expected) {
  const TemporaryFolder folder;

  EXPECT_THAT([&] { read_study_truth(folder.path()); },
              ThrowsMessage<InvalidArgument>(
                  AllOf(HasSubstr("truth_spines.csv"), HasSubstr("centrelines.csv"))));
  EXPECT_THROW(read_study_truth(folder.file("nothing.csv")), InvalidArgument);
}

}  // namespace
}  // namespace bramble
