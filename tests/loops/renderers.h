// Names of renderer bodies that run in a loop of each kind; see renderers.cc.
#pragma once

#include <string_view>

#include "tests/loops/foreign_loops.h"

namespace ipc {

template <typename Loop>
inline constexpr std::string_view kLivesIn;
template <>
inline constexpr std::string_view kLivesIn<GlibUnderTest> = "LivesInGlib";
template <>
inline constexpr std::string_view kLivesIn<UvUnderTest> = "LivesInUv";
template <>
inline constexpr std::string_view kLivesIn<AsioUnderTest> = "LivesInAsio";

}  // namespace ipc
