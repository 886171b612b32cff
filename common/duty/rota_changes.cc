#include "common/duty/rota_changes.h"

namespace jieban {
namespace {

template <class Row>
void append_rows(std::vector<Row>& rows, const std::vector<Row>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

}  // namespace

void RotaChanges::append(const RotaChanges& more) {
  append_rows(temporary, more.temporary);
  append_rows(overrides, more.overrides);
  append_rows(leaves, more.leaves);
  append_rows(swaps, more.swaps);
}

}  // namespace jieban
