#include "pipeline/stack/connect_dendrites.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/stack/polyline.hpp"
#include "pipeline/stack/unions.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tuple>

namespace bramble {

namespace {

enum class End { first, last };

constexpr End ends[] = {End::first, End::last};

// An end of one shaft that lies on another.
struct Attachment {
  std::size_t branch = 0;
  End end = End::first;
  std::size_t host = 0;
  bool runs_through = false;  // the host goes on beyond
};

auto by_plane(Position p) { return std::tuple(p.y_um, p.x_um, p.z_um); }

// Half way along the path, which moves half as far as an end that is found elsewhere.
Position middle_of(const std::vector<Position>& nodes) {
  const std::vector<double> path_um = path_lengths_um(nodes);
  const auto after = std::lower_bound(path_um.begin(), path_um.end(), path_um.back() / 2);
  const std::size_t i = static_cast<std::size_t>(after - path_um.begin());
  if (i == 0) {
    return nodes.front();
  }
  const double part = (path_um.back() / 2 - path_um[i - 1]) / (path_um[i] - path_um[i - 1]);
  return nodes[i - 1] + (nodes[i] - nodes[i - 1]) * part;
}

Position end_of(const ShaftPath& shaft, End end) {
  return end == End::first ? shaft.points.front() : shaft.points.back();
}

bool is_ring(const ShaftPath& shaft) { return shaft.points.front() == shaft.points.back(); }

std::vector<Attachment> find_attachments(const std::vector<TracedDendrite>& traced) {
  std::vector<Attachment> found;
  for (std::size_t branch = 0; branch < traced.size(); ++branch) {
    for (const End end : ends) {
      const Position place = end_of(*traced[branch].shaft, end);
      for (std::size_t host = 0; host < traced.size(); ++host) {
        const std::vector<Position>& points = traced[host].shaft->points;
        const bool passes = std::find(points.begin(), points.end(), place) != points.end();
        if (host != branch && passes) {
          const bool is_end = place == points.front() || place == points.back();
          found.push_back({branch, end, host, !is_end || is_ring(*traced[host].shaft)});
        }
      }
    }
  }
  // Stable: otherwise by branch, end and host, and so by position.
  std::stable_sort(found.begin(), found.end(), [](const Attachment& a, const Attachment& b) {
    return a.runs_through && !b.runs_through;
  });
  return found;
}

void reverse(Dendrite& dendrite) {
  std::reverse(dendrite.nodes.begin(), dendrite.nodes.end());
  std::reverse(dendrite.radius_um.begin(), dendrite.radius_um.end());
  std::reverse(dendrite.brightness_counts.begin(), dendrite.brightness_counts.end());
}

int nearest_node(const Dendrite& dendrite, Position p) {
  const auto nearest = std::min_element(
      dendrite.nodes.begin(), dendrite.nodes.end(),
      [p](Position a, Position b) { return distance_um(a, p) < distance_um(b, p); });
  return static_cast<int>(nearest - dendrite.nodes.begin());
}

class Connector {
 public:
  explicit Connector(std::vector<TracedDendrite> traced)
      : traced_(std::move(traced)), beginning_(traced_.size()), trees_(traced_.size()) {
    const std::vector<Attachment> attachments = find_attachments(traced_);
    for (const Attachment& attachment : attachments) {
      begin_at(attachment);
    }
    for (std::size_t i = 0; i < traced_.size(); ++i) {
      const auto refused =
          std::find_if(attachments.begin(), attachments.end(),
                       [i](const Attachment& a) { return a.branch == i && a.runs_through; });
      direct(i, refused == attachments.end() ? nullptr : &*refused);
    }
    for (std::size_t i = 0; i < traced_.size(); ++i) {
      set_parent(i);
    }
    for (const Attachment& attachment : attachments) {
      end_at(attachment);
    }
  }

  std::vector<Dendrite> take() {
    std::vector<Dendrite> dendrites;
    for (TracedDendrite& traced : traced_) {
      dendrites.push_back(std::move(traced.dendrite));
    }
    return dendrites;
  }

 private:
  // The end that a dendrite begins with: `host` is not set where it is attached to none.
  struct Beginning {
    bool is_attached = false;
    End end = End::first;
    std::size_t host = 0;
  };

  bool descends_from(std::size_t dendrite, std::size_t ancestor) const {
    while (dendrite != ancestor && beginning_[dendrite].is_attached) {
      dendrite = beginning_[dendrite].host;
    }
    return dendrite == ancestor;
  }

  bool join_trees(const Attachment& attachment) {
    return trees_.join(static_cast<int>(attachment.branch), static_cast<int>(attachment.host));
  }

  void begin_at(const Attachment& attachment) {
    Beginning& beginning = beginning_[attachment.branch];
    if (!beginning.is_attached && !descends_from(attachment.host, attachment.branch)) {
      beginning = {.is_attached = true, .end = attachment.end, .host = attachment.host};
      join_trees(attachment);
    }
  }

  void direct(std::size_t i, const Attachment* attachment) {
    Dendrite& dendrite = traced_[i].dendrite;
    Beginning& beginning = beginning_[i];
    if (!beginning.is_attached) {
      const bool turn = attachment != nullptr
                            ? attachment->end == End::first
                            : by_plane(dendrite.nodes.back()) < by_plane(dendrite.nodes.front());
      beginning.end = turn ? End::last : End::first;
    }
    if (beginning.end == End::last) {
      reverse(dendrite);
    }
    if (is_ring(*traced_[i].shaft)) {
      dendrite.flags = with_flag(dendrite.flags, "loop");
    }
  }

  void set_parent(std::size_t i) {
    Dendrite& dendrite = traced_[i].dendrite;
    dendrite.id = static_cast<int>(i);
    if (!beginning_[i].is_attached) {
      return;
    }
    const std::size_t parent = beginning_[i].host;
    dendrite.parent_dendrite = static_cast<int>(parent);
    dendrite.parent_node = nearest_node(traced_[parent].dendrite, dendrite.nodes.front());
    for (std::size_t at = i; beginning_[at].is_attached; at = beginning_[at].host) {
      ++dendrite.branch_order;
    }
  }

  // Ends that meet end to end are attached once, by the one that begins there.
  bool begins_there(const Attachment& attachment) const {
    const Beginning& other = beginning_[attachment.host];
    return other.is_attached && other.host == attachment.branch &&
           end_of(*traced_[attachment.host].shaft, other.end) ==
               end_of(*traced_[attachment.branch].shaft, attachment.end);
  }

  void end_at(const Attachment& attachment) {
    Dendrite& dendrite = traced_[attachment.branch].dendrite;
    const bool is_last_node = attachment.end != beginning_[attachment.branch].end;
    if (!is_last_node || dendrite.end_dendrite >= 0 || begins_there(attachment)) {
      return;
    }
    const Dendrite& host = traced_[attachment.host].dendrite;
    if (host.end_dendrite == dendrite.id && host.end_node + 1 == std::ssize(dendrite.nodes)) {
      return;
    }
    dendrite.end_dendrite = static_cast<int>(attachment.host);
    dendrite.end_node = nearest_node(host, dendrite.nodes.back());
    if (!join_trees(attachment)) {
      dendrite.flags = with_flag(dendrite.flags, "loop");
    }
  }

  std::vector<TracedDendrite> traced_;
  std::vector<Beginning> beginning_;
  Unions trees_;
};

}  // namespace

std::vector<Dendrite> connect_dendrites(std::vector<TracedDendrite> traced) {
  for (const TracedDendrite& each : traced) {
    require(each.shaft != nullptr && !each.shaft->points.empty() && !each.dendrite.nodes.empty(),
            "a dendrite needs nodes and the shaft that it was fitted to");
  }
  std::stable_sort(
      traced.begin(), traced.end(), [](const TracedDendrite& a, const TracedDendrite& b) {
        return by_plane(middle_of(a.dendrite.nodes)) < by_plane(middle_of(b.dendrite.nodes));
      });
  return Connector(std::move(traced)).take();
}

}  // namespace bramble
