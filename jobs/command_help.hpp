#pragma once

#include "jobs/add_command.hpp"

// What `bramble COMMAND --help` says: examples first.
namespace bramble {

inline constexpr HelpText program_help{
    "Examples:\n"
    "  bramble phantom study/\n"
    "  bramble run study/ --out results/\n"
    "  mpirun --bind-to none -n 4 bramble run data/ --out results/ --config project.toml\n",
    "Counts dendritic spines in archives of two-photon z-stacks: density, turnover and shape per\n"
    "animal, region and timepoint.\n\n"
    "Exit codes: 0 complete, 1 internal error, 2 usage or configuration, 3 some stacks failed,\n"
    "4 nothing usable in the input, 5 no usable device or MPI problem, 75 interrupted.\n"};

inline constexpr HelpText run_help{
    "Examples:\n"
    "  bramble run data/ --out results/\n"
    "  bramble run data/ --out results/ --select sub=M01,ses=dm03 --dry-run\n"
    "  mpirun --bind-to none -n 4 bramble run data/ --out results/ --config project.toml\n",
    "From archives to tables and report; the same command resumes what was interrupted"};

inline constexpr HelpText scan_help{
    "Examples:\n"
    "  bramble scan data/\n"
    "  bramble scan data/ --json > manifest.json\n",
    "What the archives hold, and what of it cannot be used"};

inline constexpr HelpText plan_help{
    "Examples:\n"
    "  bramble plan data/\n"
    "  bramble plan data/ --memory-gb 80 --device cuda\n",
    "The memory that restoring the stacks takes, and the tile for less"};

inline constexpr HelpText reduce_help{
    "Examples:\n"
    "  bramble reduce results/\n"
    "  bramble reduce results/ --json\n",
    "Tables and report again, from the results in a run folder"};

inline constexpr HelpText status_help{
    "Examples:\n"
    "  bramble status results/\n"
    "  bramble status results/ --json\n",
    "How far a run is, what fails and why, while it goes on and after"};

inline constexpr HelpText retry_help{
    "Examples:\n"
    "  bramble retry results/\n"
    "  mpirun --bind-to none -n 4 bramble retry results/\n",
    "What failed or is quarantined in a run folder again, and the fields it belongs to"};

inline constexpr HelpText evaluate_help{
    "Examples:\n"
    "  bramble evaluate results/ --truth study/\n"
    "  bramble evaluate results/ --truth annotation/ --out scores/\n"
    "  bramble evaluate results/ --truth heads.csv --gate-xy-um 1.0 --gate-z-um 3.0\n",
    "Scores a run against a synthetic study's truth, or a person's annotation"};

inline constexpr HelpText devices_help{
    "Examples:\n"
    "  bramble devices\n"
    "  mpirun --bind-to none -n 2 bramble devices --json\n",
    "The processors and CUDA devices that each rank sees"};

inline constexpr HelpText phantom_help{
    "Examples:\n"
    "  bramble phantom study/\n"
    "  bramble phantom study/ --preset smoke --seed 7\n"
    "  bramble phantom study/ --preset smoke,frozen,V1 --photons 20\n"
    "  mpirun --bind-to none -n 4 bramble phantom study/ --preset large --config lab.toml\n",
    "A synthetic study of two groups, with its ground truth"};

}  // namespace bramble
