// What the archive gives to a dossier: the course of the order, its records, the hashes of its
// sealed attachments (DOMAIN §10.6).
//
//   06_办理经过.md  07_办理记录.md  08_密封附件清单.md
//
// Free text is sealed in the archive: the pages say that there is some and show none. An attachment
// whose content lies in the dossier's evidence is named with its place there, found by SHA-256.
// Pure; nothing fails: a view that lacks something makes an empty page.
#pragma once

#include "common/base/value.h"
#include "tools/jieban/dossier.h"

namespace jieban {

// `view`: {order, timeline, timeline_cut} of the archive. REQUIRES: content.evidence is as it will
// be written. An order's columns that are there already stay.
void add_archive(const Value& view, DossierContent& content);

}  // namespace jieban
