#include "jobs/command_line.hpp"

#include "jobs/add_command.hpp"
#include "jobs/command_help.hpp"
#include "jobs/mpi_session.hpp"
#include "jobs/phantom_presets.hpp"
#include "jobs/psf_command_line.hpp"
#include "jobs/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <optional>
#include <sstream>

namespace bramble {
namespace {

// CLI11 prints a footer last; here it holds the examples, and they come first.
class ExamplesFirst : public CLI::Formatter {
 public:
  std::string make_description(const CLI::App* app) const override {
    return app->get_footer() + "\n" + CLI::Formatter::make_description(app) + "\n";
  }
  std::string make_footer(const CLI::App*) const override { return {}; }
};

void add_input_options(CLI::App& command, InputOptions& input, bool archives_required) {
  CLI::Option* const archives =
      command.add_option("ARCHIVE", input.archives, "archive files, or folders of *.h5 files");
  archives->required(archives_required);
  command.add_option("--config", input.config, "parameters, TOML");
  command.add_option("--channel", input.channel, "the channel to analyse, where there are several");
  command.add_option("--voxel-size-um", input.voxel_size_um,
                     "z,y,x in um, instead of what the archive says");
  command.add_option("--select", input.selection, "only sub=..,ses=..,fov=..");
}

// How the work is done, whatever the work.
void add_work_options(CLI::App& command, RunOptions& options) {
  command.add_option("--device", options.device, "auto, cpu or cuda")
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
      ->capture_default_str();
  command
      .add_option("--threads", options.num_threads,
                  "per rank; 0: the processors of the node shared among its ranks")
      ->check(CLI::Range(0, 4096))
      ->capture_default_str();
  command.add_option("--progress", options.progress, "auto, bar, lines or none")
      ->check(CLI::IsMember({"auto", "bar", "lines", "none"}))
      ->capture_default_str();
  command.add_option("--max-failures", options.max_failures, "end the run when more have failed")
      ->check(CLI::NonNegativeNumber);
  command.add_flag("--json", options.json, "the result as JSON on stdout");
}

void add_run(CLI::App& app, RunOptions& options) {
  CLI::App& command = add_command(app, "run", run_help);
  add_input_options(command, options.input, false);
  command.add_option("--out", options.out, "the run folder");
  add_work_options(command, options);
  command.add_flag("--print-config", options.print_config,
                   "print the resolved parameters, and end");
  command.add_flag("--dry-run", options.dry_run, "say what would be done, and end");
  command.callback([&options] {
    if (!options.print_config && options.input.archives.empty()) {
      throw CLI::RequiredError("ARCHIVE");
    }
    if (!options.print_config && options.out.empty()) {
      throw CLI::RequiredError("--out");
    }
  });
}

void add_retry(CLI::App& app, RunOptions& options) {
  CLI::App& command = add_command(app, "retry", retry_help);
  command.add_option("DIR", options.out, "the run folder")->required();
  add_work_options(command, options);
  options.only_failed = true;
}

void add_scan(CLI::App& app, ScanOptions& options) {
  CLI::App& command = add_command(app, "scan", scan_help);
  add_input_options(command, options.input, true);
  command.add_option("--out", options.out, "write the manifest to this file too");
  command.add_flag("--json", options.json, "the manifest as JSON on stdout");
}

void add_plan(CLI::App& app, PlanOptions& options) {
  CLI::App& command = add_command(app, "plan", plan_help);
  add_input_options(command, options.input, true);
  command
      .add_option("--memory-gb", options.memory_gb,
                  "of one rank: its share of the node's memory, or its GPU's; 0: this machine's")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--device", options.device, "cpu or cuda")
      ->check(CLI::IsMember({"cpu", "cuda"}))
      ->capture_default_str();
  command.add_option("--threads", options.num_threads, "of one rank")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  command.add_flag("--json", options.json, "the plan as JSON on stdout");
}

void add_reduce(CLI::App& app, ReduceOptions& options) {
  CLI::App& command = add_command(app, "reduce", reduce_help);
  command.add_option("DIR", options.folder, "the run folder")->required();
  command.add_flag("--json", options.json, "the result as JSON on stdout");
}

void add_status(CLI::App& app, StatusOptions& options) {
  CLI::App& command = add_command(app, "status", status_help);
  command.add_option("DIR", options.folder, "the run folder")->required();
  command.add_flag("--json", options.json, "as JSON on stdout");
}

void add_evaluate(CLI::App& app, EvaluateOptions& options) {
  CLI::App& command = add_command(app, "evaluate", evaluate_help);
  command.add_option("RUN", options.run, "the run folder")->required();
  command
      .add_option("--truth", options.truth,
                  "a synthetic study, a folder with spines.csv and centrelines.csv, or a .csv file "
                  "of head positions")
      ->required();
  command.add_option("--out", options.out, "folder for the scores, instead of RUN/evaluation");
  command.add_option("--gate-xy-um", options.gate_xy_um,
                     "how far in plane a found head may lie from the true one");
  command.add_option("--gate-z-um", options.gate_z_um, "the same in z");
}

void add_devices(CLI::App& app, DevicesOptions& options) {
  CLI::App& command = add_command(app, "devices", devices_help);
  command.add_flag("--json", options.json, "as JSON on stdout");
}

std::string preset_list() {
  std::string text = "comma-separated, applied in this order:";
  for (const PhantomPreset& preset : phantom_presets()) {
    text += fmt::format("\n{}{}: {}", preset.name,
                        preset.variant.empty() ? "" : fmt::format(" ({})", preset.variant),
                        preset.meaning);
  }
  return text;
}

void add_phantom(CLI::App& app, PhantomOptions& options) {
  CLI::App& command = add_command(app, "phantom", phantom_help);
  command.add_option("OUT", options.out, "folder for archives and truth")->required();
  command.add_option("--preset", options.presets, preset_list())->delimiter(',');
  command.add_option("--config", options.config, "TOML file; a study.toml is one");
  command.add_option("--seed", options.seed, "of every random number");
  command.add_option("--animals", options.animals_per_group, "per group");
  command.add_option("--fields", options.fields_per_animal, "per animal");
  command
      .add_option("--sessions", options.session_days, "their days, comma-separated, as in -1,1,3")
      ->delimiter(',');
  command.add_option("--photons", options.peak_photons, "at the centre of a 0.8 um thick dendrite");
  command.add_option("--effect", options.extra_persistent_frac,
                     "persistent spines that the treatment adds, as a fraction");
  command.add_option("--threads", options.num_threads, "of each rank, 0: its share of the node")
      ->check(CLI::NonNegativeNumber);
}

// Help, version or mistake: CLI11 says which. Its own numbers for mistakes become ours.
ExitCode end_here(const CLI::App& app, const CLI::ParseError& end) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = app.exit(end, out, err);
  if (launcher_rank() == 0) {
    std::cout << out.str();
    std::cerr << err.str();
  }
  return code == 0 ? ExitCode::complete : ExitCode::usage;
}

Command psf_command_of(const CLI::App& app, const PsfOptions& options) {
  if (app.got_subcommand("write")) {
    return options.write;
  }
  if (app.got_subcommand("show")) {
    return options.show;
  }
  return options.estimate;
}

}  // namespace

Command parse_command_line(int argc, const char* const* argv) {
  CLI::App app(program_help.description, "bramble");
  app.footer(program_help.examples);
  app.formatter(std::make_shared<ExamplesFirst>());
  app.require_subcommand(1);
  app.set_version_flag("--version", version_report);
  RunOptions run;
  RunOptions retry;
  ScanOptions scan;
  PlanOptions plan;
  ReduceOptions reduce;
  StatusOptions status;
  EvaluateOptions evaluate;
  DevicesOptions devices;
  PhantomOptions phantom;
  PsfOptions psf;
  add_run(app, run);
  add_retry(app, retry);
  add_scan(app, scan);
  add_plan(app, plan);
  add_reduce(app, reduce);
  add_status(app, status);
  add_evaluate(app, evaluate);
  add_devices(app, devices);
  add_phantom(app, phantom);
  add_psf(app, psf);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& end) {
    return end_here(app, end);
  }
  if (app.got_subcommand("run")) {
    return run;
  }
  if (app.got_subcommand("retry")) {
    return retry;
  }
  if (app.got_subcommand("scan")) {
    return scan;
  }
  if (app.got_subcommand("plan")) {
    return plan;
  }
  if (app.got_subcommand("reduce")) {
    return reduce;
  }
  if (app.got_subcommand("status")) {
    return status;
  }
  if (app.got_subcommand("evaluate")) {
    return evaluate;
  }
  if (app.got_subcommand("devices")) {
    return devices;
  }
  if (app.got_subcommand("psf")) {
    return psf_command_of(*app.get_subcommand("psf"), psf);
  }
  return phantom;
}

}  // namespace bramble
