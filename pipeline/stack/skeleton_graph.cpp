#include "pipeline/stack/skeleton_graph.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <unordered_map>

namespace bramble {

namespace {

constexpr int no_node = -1;

// The skeleton's voxels with their neighbours, as small integers in order of linear index.
struct VoxelList {
  std::vector<Voxel> voxels;
  std::vector<std::vector<int>> neighbours;
};

std::vector<Voxel> set_voxels(const BitView& bits) {
  std::vector<Voxel> voxels;
  for (int z = 0; z < bits.extent.z; ++z) {
    for (int y = 0; y < bits.extent.y; ++y) {
      for (int w = 0; w < bits.words_per_row(); ++w) {
        for (std::uint64_t word = bits.words[bits.word_index(z, y, w)]; word != 0;
             word &= word - 1) {
          voxels.push_back({z, y, w * 64 + std::countr_zero(word)});
        }
      }
    }
  }
  return voxels;
}

VoxelList list_voxels(const BitView& bits) {
  VoxelList list{set_voxels(bits), {}};
  std::unordered_map<std::int64_t, int> id_of;
  for (std::size_t i = 0; i < list.voxels.size(); ++i) {
    id_of[bits.extent.index(list.voxels[i])] = static_cast<int>(i);
  }
  list.neighbours.resize(list.voxels.size());
  for (std::size_t i = 0; i < list.voxels.size(); ++i) {
    const Voxel v = list.voxels[i];
    for (int dz = -1; dz <= 1; ++dz) {
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          const Voxel near{v.z + dz, v.y + dy, v.x + dx};
          if (near == v || !bits.extent.contains(near)) {
            continue;
          }
          if (const auto found = id_of.find(bits.extent.index(near)); found != id_of.end()) {
            list.neighbours[i].push_back(found->second);
          }
        }
      }
    }
  }
  return list;
}

class GraphBuilder {
 public:
  GraphBuilder(VoxelList list, VolumeView<const std::uint32_t> squared_distance_nm2)
      : list_(std::move(list)),
        squared_distance_nm2_(squared_distance_nm2),
        node_of_(list_.voxels.size(), no_node),
        traced_(list_.voxels.size(), false) {}

  SkeletonGraph build() {
    for (int i = 0; i < size(); ++i) {
      if (node_of_[i] == no_node && !is_slab(i)) {
        add_node(i);
      }
    }
    for (int i = 0; i < size(); ++i) {
      if (node_of_[i] != no_node) {
        trace_from(i);
      }
    }
    for (int i = 0; i < size(); ++i) {
      if (node_of_[i] == no_node && !traced_[i]) {
        add_node(i);  // a ring
        trace_from(i);
      }
    }
    return std::move(graph_);
  }

 private:
  int size() const { return static_cast<int>(list_.voxels.size()); }
  bool is_slab(int i) const { return list_.neighbours[i].size() == 2; }
  bool is_junction(int i) const { return list_.neighbours[i].size() > 2; }
  std::uint32_t depth(int i) const { return squared_distance_nm2_(list_.voxels[i]); }

  // Gathers the cluster of `first`; ends and ring starts are clusters of one.
  void add_node(int first) {
    const int id = static_cast<int>(graph_.nodes.size());
    std::vector<int> members{first};
    node_of_[first] = id;
    if (is_junction(first)) {
      for (std::size_t k = 0; k < members.size(); ++k) {
        for (const int near : list_.neighbours[members[k]]) {
          if (is_junction(near) && node_of_[near] == no_node) {
            node_of_[near] = id;
            members.push_back(near);
          }
        }
      }
    }
    std::sort(members.begin(), members.end());
    const int centre = *std::max_element(members.begin(), members.end(),
                                         [&](int a, int b) { return depth(a) < depth(b); });
    graph_.nodes.push_back({.voxel = list_.voxels[centre], .degree = 0});
  }

  void trace_from(int member) {
    const int node = node_of_[member];
    for (const int next : list_.neighbours[member]) {
      if (node_of_[next] == node) {
        continue;
      }
      // A node that touches this one directly: traced once, from the lower id.
      if (node_of_[next] != no_node) {
        if (node < node_of_[next]) {
          add_branch(node, node_of_[next], {});
        }
        continue;
      }
      if (!traced_[next]) {
        walk(member, next);
      }
    }
  }

  void walk(int member, int first) {
    std::vector<Voxel> slab;
    int before = member;
    int at = first;
    while (node_of_[at] == no_node) {
      traced_[at] = true;
      slab.push_back(list_.voxels[at]);
      const std::vector<int>& near = list_.neighbours[at];
      const int ahead = near[0] == before ? near[1] : near[0];
      before = at;
      at = ahead;
    }
    add_branch(node_of_[member], node_of_[at], slab);
  }

  void add_branch(int from, int to, const std::vector<Voxel>& slab) {
    SkeletonBranch branch{.node_from = from, .node_to = to, .voxels = {graph_.nodes[from].voxel}};
    branch.voxels.insert(branch.voxels.end(), slab.begin(), slab.end());
    branch.voxels.push_back(graph_.nodes[to].voxel);
    ++graph_.nodes[from].degree;
    ++graph_.nodes[to].degree;
    graph_.branches.push_back(std::move(branch));
  }

  VoxelList list_;
  VolumeView<const std::uint32_t> squared_distance_nm2_;
  std::vector<int> node_of_;
  std::vector<bool> traced_;
  SkeletonGraph graph_;
};

}  // namespace

SkeletonGraph build_skeleton_graph(const BitVolume& skeleton,
                                   VolumeView<const std::uint32_t> squared_distance_nm2) {
  require(skeleton.extent() == squared_distance_nm2.extent,
          "skeleton and distances differ in extent");
  return GraphBuilder(list_voxels(skeleton.view()), squared_distance_nm2).build();
}

}  // namespace bramble
