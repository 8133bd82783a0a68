#include "io/phantom_truth.hpp"

#include "tests/io/example_records.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(PhantomTruth, spines_have_the_promised_columns) {
  const TemporaryFolder folder;
  PhantomStack stack = example_phantom_stack();
  stack.counts = Volume<std::uint16_t>();

  write_phantom_truth(folder.path(), {&stack});

  EXPECT_EQ(content_of(folder.file("truth_spines.csv")),
            "subject,session,day,fov,dendrite_id,spine_id,base_z_um,base_y_um,base_x_um,head_z_um,"
            "head_y_um,head_x_um,tip_z_um,tip_y_um,tip_x_um,head_diameter_um,neck_length_um,"
            "length_um,lateral_protrusion_um,neighbour_um,class,scorable,edge\n"
            "M01,ses-dm03,-3,chunk-01,d01,d01s001,1,0.2,0.1,1,0.3,0.1,1,0.4,0.1,0.45,0.3,"
            "0.3333333333333333,0.9,1.5,mushroom,1,0\n"
            "M01,ses-dm03,-3,chunk-01,d01,d01s002,1,0.2,0.2,1,0.3,0.2,1,0.4,0.2,0.3,0.6,1.2,1.1,"
            "1.5,thin,0,1\n");
}

TEST(PhantomTruth, nodes_say_whether_they_lie_in_the_volume) {
  const TemporaryFolder folder;
  const PhantomStack stack = example_phantom_stack();

  write_phantom_truth(folder.path(), {&stack});

  EXPECT_EQ(content_of(folder.file("truth_dendrites.csv")),
            "subject,session,day,fov,dendrite_id,node,z_um,y_um,x_um,radius_um,inside\n"
            "M01,ses-dm03,-3,chunk-01,d01,0,1,0.24,0,0.4,1\n"
            "M01,ses-dm03,-3,chunk-01,d01,1,1,0.24,0.345,0.4,1\n"
            "M01,ses-dm03,-3,chunk-01,d01,2,1,0.24,99,0.5,0\n");
}

}  // namespace
}  // namespace bramble
