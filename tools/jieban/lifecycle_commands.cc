#include <CLI/CLI.hpp>
#include <memory>

#include "tools/jieban/lifecycle_text.h"
#include "tools/jieban/session.h"

namespace jieban {

void declare_lifecycle(CLI::App& app, Session& session) {
  auto format = std::make_shared<std::string>("text");
  CLI::App* sub = app.add_subcommand("lifecycle", "The life cycle of an order, as a table");
  sub->add_option("--format", *format, "text, markdown, or dot (for Graphviz)")
      ->check(CLI::IsMember({"text", "markdown", "dot"}))
      ->capture_default_str();
  sub->callback([&session, format] {
    session.run = [&session, format]() -> Outcome {
      session.print(lifecycle_text(*format), lifecycle_value());
      return ExitCode::done;
    };
  });
}

}  // namespace jieban
