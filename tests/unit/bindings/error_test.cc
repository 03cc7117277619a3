// What an error carries beside its text: from the handler that fails to the Status of the caller.

#include "runtime/bindings/error.h"

#include <exception>
#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/base/strings.h"
#include "runtime/bindings/error_payloads.h"
#include "runtime/bindings/errors.h"
#include "runtime/core/endings.h"

namespace ipc {
namespace {

using testing::EndsWith;
using testing::SizeIs;

// What a call on "ch" fails with at the caller, when its handler throws so.
template <typename F>
absl::Status CallThatThrows(F thrower) {
  const absl::Status detail = AsDetail(RunCatching([&] { thrower(); }));
  absl::Status error = InvokeError("ch", absl::Status(detail.code(), detail.message()));
  AddErrorPayloads(error, ErrorToObject(detail));
  return error;
}

// The same, when its text says nothing else and `details` came beside it.
ErrorDetails ReadDetails(const Value& details) {
  absl::Status error = InvokeError("ch", absl::UnknownError("Error: it failed"));
  AddErrorPayloads(error, details);
  return ErrorDetails::From(error);
}

TEST(ErrorTest, ArrivesWithItsNameItsCodeAndItsCause) {
  const absl::Status error = CallThatThrows([] {
    throw Error({.message = "no note 7",
                 .name = "NotFoundError",
                 .code = Object{{"errno", 2}, {"bytes", Bytes{1, 2}}},
                 .cause = std::make_shared<ErrorDetails>(
                     ErrorDetails{.message = "no such file", .code = "ENOENT"})},
                absl::StatusCode::kNotFound);
  });

  EXPECT_EQ(error.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ToStd(error.message()), "Error invoking remote method 'ch': Error: no note 7");
  const ErrorDetails details = ErrorDetails::From(error);
  EXPECT_EQ(details.message, "no note 7");
  EXPECT_EQ(details.name, "NotFoundError");
  EXPECT_EQ(details.code, Value(Object{{"errno", 2}, {"bytes", Bytes{1, 2}}}));
  ASSERT_NE(details.cause, nullptr);
  EXPECT_EQ(details.cause->message, "no such file");
  EXPECT_EQ(details.cause->name, "Error");
  EXPECT_EQ(details.cause->code, "ENOENT");
  EXPECT_EQ(details.cause->cause, nullptr);
}

TEST(ErrorTest, WhatItWasThrownAroundIsItsCause) {
  const absl::Status error = CallThatThrows([] {
    try {
      throw Error({.message = "inner", .name = "InnerError"});
    } catch (...) {
      std::throw_with_nested(std::runtime_error("outer"));
    }
  });

  const ErrorDetails details = ErrorDetails::From(error);
  EXPECT_EQ(details.message, "outer");
  ASSERT_NE(details.cause, nullptr);
  EXPECT_EQ(details.cause->message, "inner");
  EXPECT_EQ(details.cause->name, "InnerError");
}

TEST(ErrorTest, ThrownAroundNothingItHasNoCause) {
  const absl::Status error =
      CallThatThrows([] { std::throw_with_nested(std::runtime_error("alone")); });

  EXPECT_EQ(ErrorDetails::From(error).message, "alone");
  EXPECT_EQ(ErrorDetails::From(error).cause, nullptr);
}

void ThrowNested(int levels) {
  if (levels == 0) throw std::runtime_error("root");
  try {
    ThrowNested(levels - 1);
  } catch (...) {
    std::throw_with_nested(std::runtime_error(std::to_string(levels)));
  }
}

int CountCauses(const ErrorDetails& details) {
  int causes = 0;
  for (const ErrorDetails* at = details.cause.get(); at != nullptr; at = at->cause.get()) ++causes;
  return causes;
}

TEST(ErrorTest, AChainOfCausesHasAnEnd) {
  for (int levels : {7, 8, 9, 1000}) {
    const absl::Status error = CallThatThrows([levels] { ThrowNested(levels); });

    EXPECT_EQ(CountCauses(ErrorDetails::From(error)), std::min(levels, 8));
  }
}

TEST(ErrorTest, AnErrorWithoutDetailsSaysNothingBesideItsText) {
  EXPECT_TRUE(ErrorToObject(absl::NotFoundError("text")).empty());
  EXPECT_EQ(ErrorDetails::From(absl::NotFoundError("text")).message, "text");
  EXPECT_EQ(ErrorDetails::From(InvokeError("ch", NeverSent())).message, "reply was never sent");
}

TEST(ErrorTest, DetailsAreBounded) {
  const std::string text(100'000, 'x');
  const absl::Status error = CallThatThrows([&] {
    throw Error({.message = "short",
                 .name = text,
                 .code = text,
                 .cause = std::make_shared<ErrorDetails>(ErrorDetails{.message = text})});
  });

  const ErrorDetails details = ErrorDetails::From(error);
  EXPECT_THAT(details.name, testing::AllOf(SizeIs(128), EndsWith("...")));
  EXPECT_EQ(details.code, nullptr);
  EXPECT_THAT(details.cause->message, SizeIs(16 << 10));
}

TEST(ErrorTest, ACodeHasFourKibibytesOfJson) {
  for (size_t size : {4095, 4096, 4097}) {
    const Value code = std::string(size - 2, 'x');  // and its quotes
    const absl::Status error = Error({.message = "it failed", .code = code});

    EXPECT_EQ(ErrorDetails::From(error).code, size <= 4096 ? code : Value());
  }
}

TEST(ErrorTest, WhatAPeerSaysIsBoundedToo) {
  const std::string text(100'000, 'x');
  Value chain = Object{{"message", "root"}};
  for (int i = 0; i < 50; ++i) chain = Object{{"message", text}, {"cause", std::move(chain)}};

  const ErrorDetails details =
      ReadDetails(Object{{"name", text}, {"code", text}, {"cause", chain}});

  EXPECT_THAT(details.name, SizeIs(128));
  EXPECT_EQ(details.code, nullptr);
  EXPECT_EQ(CountCauses(details), 8);
  EXPECT_THAT(details.cause->message, SizeIs(16 << 10));
}

TEST(ErrorTest, WhatAPeerSaysInTheWrongKindIsLeftOut) {
  const Value odd[] = {Value(), 5, "text", Array{1}, Object{{"name", 5}, {"cause", "text"}}};
  for (const Value& details : odd) {
    EXPECT_EQ(ReadDetails(details).name, "Error");
    EXPECT_EQ(ReadDetails(details).cause, nullptr);
    EXPECT_EQ(ReadDetails(details).message, "it failed");
  }
  EXPECT_EQ(ReadDetails(Object{{"cause", Object{{"message", 5}}}}).cause->message, "");
}

TEST(ErrorTest, AStatusMayBeThrown) {
  const absl::Status error =
      CallThatThrows([] { throw StatusException(absl::DataLossError("the disk is gone")); });

  EXPECT_EQ(error,
            absl::DataLossError("Error invoking remote method 'ch': Error: the disk is gone"));
}

}  // namespace
}  // namespace ipc
