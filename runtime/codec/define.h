// All codecs, ready to be instantiated: for generated .cc files, and for code that passes messages
// which no generated file instantiates.
#pragma once

#include "runtime/codec/bounds.h"                   // IWYU pragma: export
#include "runtime/codec/internal/any_codec.h"       // IWYU pragma: export
#include "runtime/codec/internal/enum_codec.h"      // IWYU pragma: export
#include "runtime/codec/internal/list_codec.h"      // IWYU pragma: export
#include "runtime/codec/internal/map_codec.h"       // IWYU pragma: export
#include "runtime/codec/internal/message_codec.h"   // IWYU pragma: export
#include "runtime/codec/internal/nullable_codec.h"  // IWYU pragma: export
#include "runtime/codec/internal/result_codec.h"    // IWYU pragma: export
#include "runtime/codec/internal/scalar_codec.h"    // IWYU pragma: export
#include "runtime/codec/internal/struct_codec.h"    // IWYU pragma: export
#include "runtime/codec/internal/text_codec.h"      // IWYU pragma: export
#include "runtime/codec/internal/union_codec.h"     // IWYU pragma: export
#include "runtime/codec/tables.h"                   // IWYU pragma: export
