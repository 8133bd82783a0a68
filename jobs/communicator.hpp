#pragma once

#include "kernels/core/handle.hpp"

#include <mpi.h>

#include <optional>
#include <string>
#include <vector>

namespace bramble {

struct CommunicatorTraits {
  using value_type = MPI_Comm;
  static value_type null() noexcept { return MPI_COMM_NULL; }
  static void close(value_type communicator) noexcept;
};

// A text that another rank sent.
struct Message {
  int from = 0;
  std::string text;
};

// A group of ranks that exchange short texts. A default-constructed one is a single process without
// MPI, on which every operation works, so that one process and many run the same code. Move-only.
// MPI's own errors end the whole job (its default error handler), so no call returns one. Those who
// wait sleep between looks: spinning would take the processors from the ranks that compute.
class Communicator {
 public:
  static constexpr int max_message_bytes = 64 * 1024;

  Communicator() = default;
  // All ranks of the program, apart from any other communicator. MPI must be initialised.
  // Collective.
  static Communicator world();

  int rank() const noexcept { return rank_; }
  int size() const noexcept { return size_; }

  // The same ranks, whose messages mix with no others. Collective.
  Communicator duplicate() const;
  // The ranks that share this rank's memory: those of one node. Collective.
  Communicator split_by_node() const;

  // Collective.
  void barrier() const;
  // Rank 0's text on every rank. Collective.
  std::string broadcast(const std::string& text) const;
  // Every rank's text, by rank, on every rank. Collective.
  std::vector<std::string> all_gather(const std::string& text) const;

  // Sends at most max_message_bytes; needs more than one process, as receive does.
  void send(int to, int tag, const std::string& text) const;
  // Waits for a text from anyone. `keep_waiting` is asked about every 0.1 ms; when it says no,
  // nothing is received.
  template <class KeepWaiting>
  std::optional<Message> receive(int tag, const KeepWaiting& keep_waiting) const;

 private:
  explicit Communicator(MPI_Comm owned);
  // Whether a message came within about 0.1 ms.
  bool probe(int tag) const;
  Message receive_waiting_message(int tag) const;

  UniqueHandle<CommunicatorTraits> communicator_;
  int rank_ = 0;
  int size_ = 1;
};

template <class KeepWaiting>
std::optional<Message> Communicator::receive(int tag, const KeepWaiting& keep_waiting) const {
  while (!probe(tag)) {
    if (!keep_waiting()) {
      return std::nullopt;
    }
  }
  return receive_waiting_message(tag);
}

}  // namespace bramble
