#include "tests/conformance/rules.h"

#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <regex>
#include <stdexcept>

namespace ipc {
namespace {

ValueRules ParseValueRules(const std::string& words) {
  ValueRules rules;
  std::smatch found;
  if (std::regex_search(words, found, std::regex("(-?[0-9]+) to (-?[0-9]+)"))) {
    rules.range.emplace(std::stoll(found[1]), std::stoll(found[2]));
  }
  if (std::regex_search(words, found, std::regex("exactly ([0-9]+) bytes"))) {
    rules.bytes = std::stoll(found[1]);
  }
  rules.is_json = words.find("JSON text") != std::string::npos;
  return rules;
}

}  // namespace

FieldRules ParseRules(const std::string& words) {
  FieldRules rules;
  const size_t values = words.find("values ");
  if (words.find("keys ") != std::string::npos)
    rules.key = ParseValueRules(words.substr(0, values));
  rules.value = ParseValueRules(values == std::string::npos ? words : words.substr(values));
  std::smatch found;
  if (std::regex_search(words, found, std::regex("exactly ([0-9]+)(,|$)"))) {
    rules.count = std::stoll(found[1]);
  }
  rules.has_default = words.find("when absent") != std::string::npos;
  return rules;
}

RuleBook::RuleBook(const std::string& descriptor_set) {
  std::ifstream file(descriptor_set, std::ios::binary);
  google::protobuf::FileDescriptorSet files;
  if (!files.ParseFromIstream(&file)) throw std::runtime_error("cannot read " + descriptor_set);
  google::protobuf::DescriptorPool pool;
  for (const google::protobuf::FileDescriptorProto& one : files.file()) {
    const google::protobuf::FileDescriptor* built = pool.BuildFile(one);
    if (built == nullptr) throw std::runtime_error("cannot build " + one.name());
    for (int i = 0; i < built->message_type_count(); ++i) Add(*built->message_type(i));
  }
}

void RuleBook::Add(const google::protobuf::Descriptor& message) {
  for (int i = 0; i < message.field_count(); ++i) {
    google::protobuf::SourceLocation location;
    if (!message.field(i)->GetSourceLocation(&location)) continue;
    std::string words = location.trailing_comments;
    while (!words.empty() && words.back() == '\n') words.pop_back();
    rules_[message.field(i)->full_name()] = ParseRules(words);
  }
  for (int i = 0; i < message.nested_type_count(); ++i) Add(*message.nested_type(i));
}

const FieldRules& RuleBook::Of(const std::string& full_name) const {
  static const FieldRules kNone;
  auto found = rules_.find(full_name);
  return found == rules_.end() ? kNone : found->second;
}

}  // namespace ipc
