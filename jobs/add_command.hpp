#pragma once

#include <CLI/CLI.hpp>

namespace bramble {

// A text of help: what stands first, and the one line that lists show.
struct HelpText {
  const char* examples;
  const char* description;
};

// The examples are kept in CLI11's footer; the program's formatter prints them first.
inline CLI::App& add_command(CLI::App& app, const char* name, const HelpText& help) {
  CLI::App& command = *app.add_subcommand(name, help.description);
  command.footer(help.examples);
  return command;
}

}  // namespace bramble
