// The lines that the sample prints. Each process tells what it does and what it hears; the user
// waits for the end of one step before the next, so that the story is the same every time.
#pragma once

#include <iomanip>
#include <iostream>
#include <string_view>

namespace editor {

// "editor       saved revision 1"
template <typename... Parts>
void Tell(std::string_view who, const Parts&... what) {
  std::cout << std::left << std::setw(13) << who;
  (std::cout << ... << what) << std::endl;
}

// "main      <- editor   invoke documents.Save"
template <typename... Parts>
void Hear(std::string_view who, std::string_view from, const Parts&... what) {
  std::cout << std::left << std::setw(10) << who << "<- " << std::setw(9) << from;
  (std::cout << ... << what) << std::endl;
}

}  // namespace editor
