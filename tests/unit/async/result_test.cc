#include "runtime/async/result.h"

#include <string>
#include <variant>

#include "gtest/gtest.h"
#include "runtime/async/promise.h"

namespace ipc {
namespace {

using Answer = Result<int, std::string>;

TEST(ResultTest, AValueIsOk) {
  const Answer answer = 42;

  EXPECT_TRUE(answer.ok());
  EXPECT_EQ(*answer, 42);
}

TEST(ResultTest, AnErrorIsNotOk) {
  const Answer answer = std::string("denied");

  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(answer.error(), "denied");
}

TEST(ResultTest, ValueAndErrorOfOneTypeAreToldApart) {
  const auto ok = Result<std::string, std::string>::Ok("same");
  const auto error = Result<std::string, std::string>::Error("same");

  EXPECT_TRUE(ok.ok());
  EXPECT_FALSE(error.ok());
  EXPECT_NE(ok, error);
}

TEST(ResultTest, TheWrongAccessorThrows) {
  const Answer answer = 42;

  EXPECT_THROW(answer.error(), std::bad_variant_access);
}

TEST(ResultTest, APromiseOfAResultIsMadeFromEither) {
  Promise<Answer> value = 42;
  Promise<Answer> error = std::string("denied");

  EXPECT_EQ(**std::move(value).Take(), 42);
  EXPECT_EQ(std::move(error).Take()->error(), "denied");
}

}  // namespace
}  // namespace ipc
