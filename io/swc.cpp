#include "io/swc.hpp"

#include "io/atomic_file.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace bramble {
namespace {

constexpr int no_parent = -1;
constexpr int dendrite_type = 3;
constexpr double smallest_radius_um = 0.001;  // readers refuse 0
constexpr const char* columns = "# index type x_um y_um z_um radius_um parent\n";

// Writes a tree at a time, a parent's nodes before those of its branches.
class SwcForest {
 public:
  explicit SwcForest(const std::vector<Dendrite>& dendrites) {
    for (const Dendrite& dendrite : dendrites) {
      by_id_[dendrite.id] = &dendrite;
    }
    for (const auto& [id, dendrite] : by_id_) {
      branches_[by_id_.contains(dendrite->parent_dendrite) ? dendrite->parent_dendrite : no_parent]
          .push_back(id);
    }
  }

  std::string text() {
    for (const int root : branches_[no_parent]) {
      append_tree(root);
    }
    require(first_sample_.size() == by_id_.size(),
            "dendrites branch off each other in a circle (SWC holds trees only)");
    return text_;
  }

 private:
  // A list of what is still to do instead of recursion: a damaged record may be very deep.
  void append_tree(int root) {
    std::vector<int> waiting{root};
    while (!waiting.empty()) {
      const int id = waiting.back();
      waiting.pop_back();
      append_dendrite(*by_id_.at(id));
      const std::vector<int>& branches = branches_[id];
      waiting.insert(waiting.end(), branches.rbegin(), branches.rend());
    }
  }

  void append_dendrite(const Dendrite& dendrite) {
    first_sample_[dendrite.id] = next_sample_;
    int parent = sample_of_parent(dendrite);
    require(dendrite.radius_um.size() == dendrite.nodes.size(),
            "a dendrite needs one radius per node");
    for (std::size_t i = 0; i < dendrite.nodes.size(); ++i) {
      const Position& node = dendrite.nodes[i];
      text_ += fmt::format("{} {} {:.6g} {:.6g} {:.6g} {:.6g} {}\n", next_sample_, dendrite_type,
                           node.x_um, node.y_um, node.z_um,
                           std::max(smallest_radius_um, static_cast<double>(dendrite.radius_um[i])),
                           parent);
      parent = next_sample_++;
    }
  }

  int sample_of_parent(const Dendrite& dendrite) const {
    const auto parent = by_id_.find(dendrite.parent_dendrite);
    if (parent == by_id_.end()) {
      return no_parent;
    }
    require(dendrite.parent_node >= 0 &&
                dendrite.parent_node < static_cast<int>(parent->second->nodes.size()),
            fmt::format("dendrite {} branches off node {} of dendrite {}, which has {} nodes",
                        dendrite.id, dendrite.parent_node, dendrite.parent_dendrite,
                        parent->second->nodes.size()));
    return first_sample_.at(dendrite.parent_dendrite) + dendrite.parent_node;
  }

  std::map<int, const Dendrite*> by_id_;
  std::map<int, std::vector<int>> branches_;
  std::map<int, int> first_sample_;
  int next_sample_ = 1;
  std::string text_;
};

// SWC holds trees: what makes more of them is said in words.
std::string cuts(const std::vector<Dendrite>& dendrites) {
  std::string text;
  for (const Dendrite& dendrite : dendrites) {
    if (dendrite.end_dendrite >= 0) {
      text += fmt::format("# cut: the last node of dendrite {} lies on dendrite {}, node {}\n",
                          dendrite.id, dendrite.end_dendrite, dendrite.end_node);
    } else if (has_flag(dendrite.flags, "loop")) {
      text += fmt::format("# cut: dendrite {} ends where it begins\n", dendrite.id);
    }
  }
  return text;
}

std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text.empty() ? "unknown" : text;
}

std::string header(const StackResult& result) {
  const StackIdentity& identity = result.identity;
  const Provenance& provenance = result.provenance;
  return fmt::format(
      "# original_source bramble {} {}\n"
      "# creature mouse {}\n"
      "# region {}\n"
      "# condition {} {}\n"
      "# microscopy two-photon {} {}\n"
      "# coordinate x y z and radius in um, in the frame of the stored stack\n"
      "# reference {} {}\n",
      one_line(provenance.version), one_line(provenance.commit), one_line(identity.subject_id),
      one_line(identity.region), one_line(identity.group), one_line(identity.session_id),
      one_line(identity.fov), one_line(identity.channel), one_line(identity.file),
      one_line(identity.path));
}

}  // namespace

void write_swc(const std::string& path, const StackResult& result) {
  write_text_atomically(
      path, header(result) + cuts(result.dendrites) + columns + SwcForest(result.dendrites).text());
}

}  // namespace bramble
