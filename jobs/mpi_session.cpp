#include "jobs/mpi_session.hpp"

#include "kernels/core/error.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>

namespace bramble {
namespace {

bool has_launcher() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"}) {
    if (std::getenv(name) != nullptr) {
      return true;
    }
  }
  return false;
}

// Starts MPI; ends it when it goes out of scope.
class MpiLibrary {
 public:
  MpiLibrary() {
    if (!has_launcher()) {
      // Without this a lone process starts Open MPI's daemon, which is slow and not allowed
      // everywhere.
      setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
    }
    if (MPI_Init_thread(nullptr, nullptr, MPI_THREAD_MULTIPLE, &provided_) != MPI_SUCCESS) {
      throw DeviceError(
          "MPI cannot be started; check that mpirun and this program use the same MPI");
    }
  }
  ~MpiLibrary() { MPI_Finalize(); }
  MpiLibrary(const MpiLibrary&) = delete;
  MpiLibrary& operator=(const MpiLibrary&) = delete;

  bool calls_from_any_thread() const noexcept { return provided_ >= MPI_THREAD_MULTIPLE; }

 private:
  int provided_ = MPI_THREAD_SINGLE;
};

}  // namespace

int launcher_rank() {
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"}) {
    if (const char* rank = std::getenv(name)) {
      return std::atoi(rank);
    }
  }
  return 0;
}

void abort_all_ranks(const std::exception& reason) {
  const std::string text =
      fmt::format("bramble: rank {} ends the job: {}", launcher_rank(), reason.what());
  spdlog::critical(text);
  spdlog::default_logger()->flush();
  fmt::print(stderr, "{}\n", text);
  std::fflush(stderr);
  MPI_Abort(MPI_COMM_WORLD, static_cast<int>(exit_code_of(reason)));
  std::abort();
}

ExitCode with_mpi(const std::function<ExitCode(const MpiSession&)>& body) {
  const MpiLibrary library;
  const MpiSession session{.world = Communicator::world(),
                           .calls_from_any_thread = library.calls_from_any_thread()};
  try {
    const ExitCode code = body(session);
    session.world.barrier();
    return session.world.rank() == 0 ? code : ExitCode::complete;
  } catch (const std::exception& error) {
    if (session.world.size() > 1) {
      abort_all_ranks(error);
    }
    throw;
  }
}

}  // namespace bramble
