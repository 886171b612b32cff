// Any bytes: a file is accepted or refused with positions, never crashes; what is accepted as
// settings can be printed and read back.
#include <array>

#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/base/limits.h"
#include "common/config/document.h"
#include "common/config/settings.h"

namespace jieban {
namespace {

const std::array<Parameter, 6> kParameters = {{
    {.name = "street", .default_text = "demo"},
    {.name = "batch", .kind = ParameterKind::integer, .default_text = "1", .minimum = "1"},
    {.name = "store.size", .kind = ParameterKind::size, .default_text = "1MiB"},
    {.name = "store.delay", .kind = ParameterKind::duration, .default_text = "5ms"},
    {.name = "watch", .kind = ParameterKind::boolean, .default_text = "false"},
    {.name = "peers", .kind = ParameterKind::list, .default_text = "a,b", .maximum = "9"},
}};

void walk(Node node) {
  (void)node.integer();
  (void)node.duration();
  (void)node.boolean();
  if (auto items = node.items(); items.ok()) {
    for (Node item : *items) walk(item);
  }
  if (auto keys = node.keys(); keys.ok()) {
    for (const std::string& key : *keys) walk(*node.required(key));
  }
}

}  // namespace
}  // namespace jieban

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  if (size > limits::kConfigBytesMax) return 0;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  auto document = Document::parse(text, "f");
  if (document.ok()) {
    walk(document->root());
    (void)document->root().to_value();
  } else {
    CHECK(document.error().message.starts_with("f:"));
  }
  auto settings = parse_settings(text, "f", kParameters);
  if (!settings.ok()) return 0;
  CHECK(document.ok());
  std::string printed = print_settings(*settings);
  auto again = parse_settings(printed, "printed", kParameters);
  CHECK(again.ok());
  CHECK(print_settings(*again) == printed);
  return 0;
}
