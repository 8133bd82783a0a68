#pragma once

#include "io/archive_reader.hpp"
#include "io/archive_writer.hpp"
#include "tests/io/edit_hdf5.hpp"
#include "tests/io/example_records.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bramble {

// An archive with one good stack, which the test then spoils.
class ArchiveFixture : public testing::Test {
 protected:
  ArchiveFixture() : file_(folder_.file("archive.h5")) {
    const PhantomStack stack = example_phantom_stack();
    write_archive(file_, {&stack});
  }

  ManifestEntry scan_one(const InputParameters& parameters = {}) const {
    const std::vector<ManifestEntry> entries = scan_archive(file_, parameters);
    EXPECT_EQ(entries.size(), 1u);
    return entries.at(0);
  }

  TemporaryFolder folder_;
  std::string file_;
};

}  // namespace bramble
