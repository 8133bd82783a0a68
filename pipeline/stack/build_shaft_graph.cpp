#include "pipeline/stack/build_shaft_graph.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/stack/unions.hpp"

#include <iterator>
#include <map>
#include <vector>

namespace bramble {

namespace {

// A node of a dendrite.
struct Place {
  int dendrite = 0;
  int node = 0;

  auto operator<=>(const Place&) const = default;
};

// The places where a dendrite is cut, numbered by dendrite and along it.
class Cuts {
 public:
  explicit Cuts(const std::vector<Dendrite>& dendrites) {
    for (const Dendrite& dendrite : dendrites) {
      number_[{dendrite.id, 0}];
      number_[{dendrite.id, last_node(dendrite)}];
      if (dendrite.parent_dendrite >= 0) {
        number_[{dendrite.parent_dendrite, dendrite.parent_node}];
      }
      if (dendrite.end_dendrite >= 0) {
        number_[{dendrite.end_dendrite, dendrite.end_node}];
      }
    }
    int next = 0;
    for (auto& [place, number] : number_) {
      number = next++;
    }
  }

  static int last_node(const Dendrite& dendrite) {
    return static_cast<int>(dendrite.nodes.size()) - 1;
  }

  int at(Place place) const { return number_.at(place); }
  const std::map<Place, int>& all() const noexcept { return number_; }

 private:
  std::map<Place, int> number_;
};

// Places that are one node of the graph.
Unions joined_places(const std::vector<Dendrite>& dendrites, const Cuts& cuts) {
  Unions places(cuts.all().size());
  for (const Dendrite& dendrite : dendrites) {
    const int first = cuts.at({dendrite.id, 0});
    const int last = cuts.at({dendrite.id, Cuts::last_node(dendrite)});
    if (dendrite.parent_dendrite >= 0) {
      places.join(first, cuts.at({dendrite.parent_dendrite, dendrite.parent_node}));
    }
    if (dendrite.end_dendrite >= 0) {
      places.join(last, cuts.at({dendrite.end_dendrite, dendrite.end_node}));
    }
    if (dendrite.nodes.front() == dendrite.nodes.back()) {
      places.join(first, last);
    }
  }
  return places;
}

// The place that shows where a node is: one that a dendrite passes, else the first.
bool is_passed(const std::vector<Dendrite>& dendrites, Place place) {
  return place.node > 0 &&
         place.node < Cuts::last_node(dendrites[static_cast<std::size_t>(place.dendrite)]);
}

void add_edge(const Dendrite& dendrite, Place from, Place to, ShaftGraph& graph) {
  ShaftGraphEdge& edge = graph.edges.back();
  edge.dendrite = dendrite.id;
  edge.first_node = from.node;
  edge.last_node = to.node;
  for (int i = from.node; i < to.node; ++i) {
    const auto node = static_cast<std::size_t>(i);
    edge.length_um += distance_um(dendrite.nodes[node], dendrite.nodes[node + 1]);
  }
  ++graph.nodes[static_cast<std::size_t>(edge.from)].degree;
  ++graph.nodes[static_cast<std::size_t>(edge.to)].degree;
}

}  // namespace

ShaftGraph build_shaft_graph(const std::vector<Dendrite>& dendrites) {
  for (std::size_t i = 0; i < dendrites.size(); ++i) {
    require(dendrites[i].id == static_cast<int>(i) && !dendrites[i].nodes.empty() &&
                dendrites[i].radius_um.size() == dendrites[i].nodes.size(),
            "the graph of dendrites needs them in the order of their ids, with a radius per node");
  }
  const Cuts cuts(dendrites);
  const Unions places = joined_places(dendrites, cuts);
  ShaftGraph graph;
  std::map<int, int> node_of;  // by the first of the places that are one
  std::vector<bool> shown;
  for (const auto& [place, number] : cuts.all()) {
    const auto [found, is_new] =
        node_of.try_emplace(places.first_of(number), static_cast<int>(graph.nodes.size()));
    if (is_new) {
      graph.nodes.emplace_back();
      shown.push_back(false);
    }
    const auto index = static_cast<std::size_t>(found->second);
    const bool passed = is_passed(dendrites, place);
    if (is_new || (passed && !shown[index])) {
      const Dendrite& dendrite = dendrites[static_cast<std::size_t>(place.dendrite)];
      graph.nodes[index].position = dendrite.nodes[static_cast<std::size_t>(place.node)];
      graph.nodes[index].radius_um = dendrite.radius_um[static_cast<std::size_t>(place.node)];
      shown[index] = passed;
    }
  }
  const auto graph_node = [&](int number) { return node_of.at(places.first_of(number)); };
  Unions connected(graph.nodes.size());
  for (auto place = cuts.all().begin(); place != cuts.all().end(); ++place) {
    const auto next = std::next(place);
    if (next == cuts.all().end() || next->first.dendrite != place->first.dendrite) {
      continue;
    }
    ShaftGraphEdge& edge = graph.edges.emplace_back();
    edge.from = graph_node(place->second);
    edge.to = graph_node(next->second);
    edge.flags = connected.join(edge.from, edge.to) ? "" : "closes_loop";
    add_edge(dendrites[static_cast<std::size_t>(place->first.dendrite)], place->first, next->first,
             graph);
  }
  return graph;
}

}  // namespace bramble
