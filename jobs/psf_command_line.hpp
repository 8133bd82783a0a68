#pragma once

#include "jobs/command_psf.hpp"

#include <CLI/CLI.hpp>

namespace bramble {

// The options of `bramble psf`, one set for each of its commands.
struct PsfOptions {
  PsfWriteOptions write;
  PsfShowOptions show;
  PsfEstimateOptions estimate;
};

// Adds `psf` with `write`, `show` and `estimate` below it.
void add_psf(CLI::App& app, PsfOptions& options);

}  // namespace bramble
