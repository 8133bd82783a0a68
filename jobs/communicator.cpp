#include "jobs/communicator.hpp"

#include "kernels/core/error.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <numeric>
#include <thread>

namespace bramble {
namespace {

constexpr std::chrono::microseconds pause_between_looks{100};

int message_length(const std::string& text) {
  require(text.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()),
          "a message between ranks is longer than MPI can count; results go through files");
  return static_cast<int>(text.size());
}

}  // namespace

void CommunicatorTraits::close(value_type communicator) noexcept {
  int finalized = 0;
  MPI_Finalized(&finalized);
  if (finalized == 0) {
    MPI_Comm_free(&communicator);
  }
}

Communicator::Communicator(MPI_Comm owned) : communicator_(owned) {
  MPI_Comm_rank(owned, &rank_);
  MPI_Comm_size(owned, &size_);
}

Communicator Communicator::world() {
  MPI_Comm copy = MPI_COMM_NULL;
  MPI_Comm_dup(MPI_COMM_WORLD, &copy);
  return Communicator(copy);
}

Communicator Communicator::duplicate() const {
  if (!communicator_) {
    return {};
  }
  MPI_Comm copy = MPI_COMM_NULL;
  MPI_Comm_dup(communicator_.get(), &copy);
  return Communicator(copy);
}

Communicator Communicator::split_by_node() const {
  if (!communicator_) {
    return {};
  }
  MPI_Comm node = MPI_COMM_NULL;
  MPI_Comm_split_type(communicator_.get(), MPI_COMM_TYPE_SHARED, rank_, MPI_INFO_NULL, &node);
  return Communicator(node);
}

void Communicator::barrier() const {
  if (!communicator_) {
    return;
  }
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibarrier(communicator_.get(), &request);
  for (;;) {
    int done = 0;
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    if (done != 0) {
      return;
    }
    std::this_thread::sleep_for(pause_between_looks);
  }
}

// The blocking calls below find everyone present: the barrier before them is where ranks wait for
// each other.
std::string Communicator::broadcast(const std::string& text) const {
  if (!communicator_) {
    return text;
  }
  barrier();
  int length = rank_ == 0 ? message_length(text) : 0;
  MPI_Bcast(&length, 1, MPI_INT, 0, communicator_.get());
  std::string received = rank_ == 0 ? text : std::string(static_cast<std::size_t>(length), '\0');
  MPI_Bcast(received.data(), length, MPI_CHAR, 0, communicator_.get());
  return received;
}

std::vector<std::string> Communicator::all_gather(const std::string& text) const {
  if (!communicator_) {
    return {text};
  }
  barrier();
  const int length = message_length(text);
  std::vector<int> lengths(static_cast<std::size_t>(size_));
  MPI_Allgather(&length, 1, MPI_INT, lengths.data(), 1, MPI_INT, communicator_.get());
  const std::int64_t total = std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
  require(total <= std::numeric_limits<int>::max(), "gathered messages are too long for MPI");
  std::vector<int> offsets(lengths.size());
  std::exclusive_scan(lengths.begin(), lengths.end(), offsets.begin(), 0);
  std::string all(static_cast<std::size_t>(total), '\0');
  MPI_Allgatherv(text.data(), length, MPI_CHAR, all.data(), lengths.data(), offsets.data(),
                 MPI_CHAR, communicator_.get());
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    texts.push_back(
        all.substr(static_cast<std::size_t>(offsets[i]), static_cast<std::size_t>(lengths[i])));
  }
  return texts;
}

void Communicator::send(int to, int tag, const std::string& text) const {
  const int length = message_length(text);
  require(length <= max_message_bytes, "a message to a rank is longer than 64 KiB");
  MPI_Send(text.data(), length, MPI_CHAR, to, tag, communicator_.get());
}

bool Communicator::probe(int tag) const {
  int found = 0;
  MPI_Iprobe(MPI_ANY_SOURCE, tag, communicator_.get(), &found, MPI_STATUS_IGNORE);
  if (found == 0) {
    std::this_thread::sleep_for(pause_between_looks);
  }
  return found != 0;
}

Message Communicator::receive_waiting_message(int tag) const {
  // One thread of a rank receives one tag, so nobody else takes the message between the look and
  // the receive.
  MPI_Status status;
  MPI_Probe(MPI_ANY_SOURCE, tag, communicator_.get(), &status);
  int length = 0;
  MPI_Get_count(&status, MPI_CHAR, &length);
  Message message{.from = status.MPI_SOURCE,
                  .text = std::string(static_cast<std::size_t>(length), '\0')};
  MPI_Recv(message.text.data(), length, MPI_CHAR, status.MPI_SOURCE, tag, communicator_.get(),
           MPI_STATUS_IGNORE);
  return message;
}

}  // namespace bramble
