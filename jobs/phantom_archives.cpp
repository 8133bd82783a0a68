#include "jobs/phantom_archives.hpp"

#include "io/archive_writer.hpp"
#include "io/atomic_file.hpp"
#include "io/phantom_truth.hpp"
#include "io/swc.hpp"
#include "jobs/version.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/phantom/phantom_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace bramble {
namespace {

namespace fs = std::filesystem;

fs::path lines_file(const fs::path& out, const PhantomArchive& archive, const char* table) {
  return out / "truth_lines" / (archive.name + "." + table);
}

// The tree that grows from one dendrite.
StackResult tree_of(const PhantomStack& stack, int root) {
  StackResult tree;
  tree.identity = stack.identity;
  tree.provenance.version = version();
  tree.provenance.commit = "phantom";
  std::vector<bool> belongs(stack.dendrites.size(), false);
  for (std::size_t i = 0; i < stack.dendrites.size(); ++i) {
    const PhantomDendrite& dendrite = stack.dendrites[i];
    belongs[i] = static_cast<int>(i) == root ||
                 (dendrite.parent >= 0 && belongs[static_cast<std::size_t>(dendrite.parent)]);
    if (belongs[i]) {
      tree.dendrites.push_back({.id = static_cast<int>(i),
                                .nodes = dendrite.nodes,
                                .radius_um = dendrite.radius_um,
                                .parent_dendrite = dendrite.parent,
                                .parent_node = dendrite.parent_node});
    }
  }
  return tree;
}

void write_trees(const fs::path& folder, const PhantomStack& stack) {
  for (std::size_t i = 0; i < stack.dendrites.size(); ++i) {
    if (stack.dendrites[i].parent < 0) {
      const StackIdentity& identity = stack.identity;
      const std::string name =
          fmt::format("sub-{}_{}_{}_{}.swc", identity.subject_id, identity.session_id, identity.fov,
                      stack.dendrites[i].dendrite_id);
      write_swc(folder / name, tree_of(stack, static_cast<int>(i)));
    }
  }
}

}  // namespace

std::vector<PhantomArchive> phantom_archives(const std::vector<StackIdentity>& identities) {
  std::vector<PhantomArchive> archives;
  for (std::size_t i = 0; i < identities.size(); ++i) {
    const std::string name =
        fmt::format("sub-{}_{}", identities[i].subject_id, identities[i].session_id);
    const auto has_name = [&](const PhantomArchive& archive) { return archive.name == name; };
    auto found = std::ranges::find_if(archives, has_name);
    if (found == archives.end()) {
      found = archives.insert(found, {.name = name, .stacks = {}});
    }
    found->stacks.push_back(i);
  }
  return archives;
}

void write_phantom_archive(const fs::path& out, const PhantomParameters& parameters,
                           const PhantomArchive& archive) {
  const std::vector<PhantomTruthTable>& tables = phantom_truth_tables();
  std::vector<std::string> lines(tables.size());
  write_archive(out / (archive.name + ".h5"), phantom_assumed_psf(parameters),
                [&](const AddStack& add) {
                  for (const std::size_t i : archive.stacks) {
                    const PhantomStack stack = phantom_stack(parameters, i);
                    add(stack);
                    write_trees(out / "swc", stack);
                    for (std::size_t table = 0; table < tables.size(); ++table) {
                      lines[table] += tables[table].rows(stack);
                    }
                  }
                });
  for (std::size_t table = 0; table < tables.size(); ++table) {
    write_text_atomically(lines_file(out, archive, tables[table].file), lines[table]);
  }
}

void join_truth_lines(const fs::path& out, const std::vector<PhantomArchive>& archives) {
  for (const PhantomTruthTable& table : phantom_truth_tables()) {
    write_atomically(out / table.file, [&](const std::string& temporary_path) {
      std::ofstream whole(temporary_path, std::ios::binary);
      whole << table.header;
      for (const PhantomArchive& archive : archives) {
        const fs::path part = lines_file(out, archive, table.file);
        std::ifstream lines(part, std::ios::binary);
        if (!lines) {
          throw ResourceError(part.string() +
                              ": cannot be read; OUT must be a folder that all ranks share");
        }
        if (lines.peek() != std::ifstream::traits_type::eof()) {
          whole << lines.rdbuf();
        }
      }
      whole.close();
      if (!whole) {
        throw ResourceError(temporary_path + ": cannot be written; check free space");
      }
    });
  }
  fs::remove_all(out / "truth_lines");
}

}  // namespace bramble
