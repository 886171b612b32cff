// Goal: the shipped file is what DOMAIN §13.2 asks for; a book is read whole, or refused with a
// place.
#include "common/duty/rota_file.h"

#include "common/duty/rota_checks.h"
#include "common/wire/payload.h"
#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

const std::string kHead =
    "version: \"1\"\n"
    "limits: {rest_min: 11h, shift_max: 12h, nights_in_row_max: 1, night_at: \"02:00\"}\n"
    "persons: [{id: a, name: 坐席甲, roles: [seat]}, {id: b, name: 坐席乙}]\n";
const std::string kRotas = "rotas: [{id: seat, name: 坐席值班, rules: [{id: r, persons: [a]}]}]\n";

Result<RotaBook> read(const std::string& text) {
  auto document = Document::parse(text, "rota.yaml");
  if (!document.ok()) return document.error();
  return read_rota_book(*document);
}

std::string refusal(const std::string& text) {
  const auto book = read(text);
  return book.ok() ? "read" : book.error().message;
}

TEST(RotaFile, IsReadWhole) {
  const auto book = read(kHead + kRotas +
                         "changes: {leaves: [{id: l, person: a, from: \"2026-03-02 08:00\", until: "
                         "\"2026-03-03 08:00\"}]}\n");
  ASSERT_TRUE(book.ok()) << book.error().message;
  EXPECT_EQ(book->version, "1");
  EXPECT_EQ(book->limits.rest_min(), std::chrono::hours(11));
  EXPECT_EQ(book->limits.shift_max(), std::chrono::hours(12));
  EXPECT_EQ(book->limits.nights_in_row_max, 1U);
  EXPECT_EQ(book->limits.night_at, hour(2));
  EXPECT_EQ(book->persons.front().roles, std::vector<std::string>{"seat"});
  EXPECT_EQ(book->rotas.front().id, "seat");
  EXPECT_EQ(book->changes.leaves.front().until, local("2026-03-03 08:00"));
}

TEST(RotaFile, RefusesWhatCannotBeRight) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {kHead, "the key \"rotas\" is missing"},
      {kHead + kRotas + "phones: []\n", "rota.yaml:5:1: "},
      {"version: \"1\"\n" + kRotas, "the key \"limits\" is missing"},
      {"version: \"1\"\nlimits: {rest_min: 11}\npersons: []\nrotas: []\n", "rota.yaml:2:"},
      {"version: \"1\"\nlimits: {rest_min: 11h, shift_max: 12h, night_at: \"25:00\"}\n",
       "night_at is a time of day"},
      {kHead + "rotas: [{id: s, name: x}, {id: s, name: y}]\n", "a second one with the id s"},
      {kHead + kRotas + "changes: {swaps: [{id: s, rota: nowhere}]}\n",
       "there is no rota \"nowhere\""},
  };
  for (const auto& [text, told] : wrong) {
    const std::string why = refusal(text);
    EXPECT_NE(why.find(told), std::string::npos) << text << why;
  }
}

TEST(RotaFile, APhoneNumberHasNoPlaceInIt) {
  std::string text = kHead + kRotas;
  text.replace(text.find("roles: [seat]"), 13, "phone: \"1\"");
  EXPECT_NE(refusal(text).find("phone"), std::string::npos);
}

TEST(ShippedRota, HasASeatAlwaysManned) {
  const auto book = load_rota_book(JIEBAN_SOURCE_DIR "/config/rota.yaml");
  ASSERT_TRUE(book.ok()) << book.error().message;
  const Rota* seat = book->find_rota("seat");
  ASSERT_NE(seat, nullptr);
  const auto days = shifts(*seat, {}, local("2026-01-01 08:30"), local("2026-01-05 08:30"));
  EXPECT_EQ(lines_of(days),
            (Lines{"seat_a 01-01 08:30..01-01 20:30", "seat_d 01-01 20:30..01-02 08:30",
                   "seat_b 01-02 08:30..01-02 20:30", "seat_a 01-02 20:30..01-03 08:30",
                   "seat_c 01-03 08:30..01-03 20:30", "seat_b 01-03 20:30..01-04 08:30",
                   "seat_d 01-04 08:30..01-04 20:30", "seat_c 01-04 20:30..01-05 08:30"}));
  EXPECT_TRUE(book->find_rota("team_leader")->standby);
  EXPECT_EQ(on_duty(*book->find_rota("duty_leader"), local("2026-01-05 08:30")),
            Persons{"chief_a"});
  EXPECT_EQ(on_duty(*book->find_rota("duty_leader"), local("2026-01-12 08:30")),
            Persons{"chief_b"});
}

TEST(ShippedRota, HasNothingToComplainOfForAYear) {
  const auto book = load_rota_book(JIEBAN_SOURCE_DIR "/config/rota.yaml");
  ASSERT_TRUE(book.ok());
  EXPECT_TRUE(check_duty(*book, {}, local("2026-01-01 08:30"), local("2027-01-01 08:30")).empty());
}

TEST(ShippedRota, FitsIntoAnEvent) {
  const auto book = load_rota_book(JIEBAN_SOURCE_DIR "/config/rota.yaml");
  ASSERT_TRUE(book.ok());
  const std::string bytes = encode_payload(*book);
  EXPECT_LT(bytes.size(), 16U * 1024);
  const auto decoded = decode_payload<RotaBook>(bytes);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(encode_payload(*decoded), bytes);
}

TEST(RotaFile, OneThatIsNotThereIsToldByName) {
  const auto book = load_rota_book("/nowhere/rota.yaml");
  ASSERT_FALSE(book.ok());
  EXPECT_NE(book.error().message.find("/nowhere/rota.yaml"), std::string::npos);
}

}  // namespace
}  // namespace jieban
