#include "jobs/input_options.hpp"

#include "kernels/core/error.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(ParseVoxelSize, reads_z_y_x) {
  EXPECT_EQ(parse_voxel_size("1.5,0.1,0.12"), (Spacing{1.5f, 0.1f, 0.12f}));
}

TEST(ParseVoxelSize, anything_else_is_refused) {
  for (const char* text :
       {"1", "1,2", "1,2,3,4", "1,2,", "1,2,3,", "1,x,3", "1,-2,3", "0,1,1", "1,nan,1", "1;2;3"}) {
    EXPECT_THROW(parse_voxel_size(text), InvalidArgument) << text;
  }
}

TEST(ResolveParameters, the_command_line_stands_above_the_file) {
  const TemporaryFolder folder;
  write_text(folder.path() / "project.toml",
             "[input]\nchannel = 'RFP'\n[restore]\niterations = 3\n");
  InputOptions options;
  options.config = folder.path() / "project.toml";
  options.channel = "GFP";
  options.voxel_size_um = "1,0.1,0.1";

  const Parameters parameters = resolve_parameters(options);

  EXPECT_EQ(parameters.input.channel, "GFP");
  EXPECT_EQ(parameters.input.voxel_size_um, (Spacing{1, 0.1f, 0.1f}));
  EXPECT_EQ(parameters.restore.iterations, 3);
}

}  // namespace
}  // namespace bramble
