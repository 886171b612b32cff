// Goal: a number is found however it is typed, and nobody is found by what is no number.
#include "daemons/notifier/contacts.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Contacts two_persons() {
  Contacts contacts;
  EXPECT_TRUE(contacts.add_person("p-li", {{"sms", "13800138000"}, {"wecom", "li"}}).ok());
  EXPECT_TRUE(contacts.add_person("p-zhao", {{"voice", "01066051234"}}).ok());
  EXPECT_TRUE(contacts.add_other("urban_office", {{"mail", "urban@street.example"}}).ok());
  return contacts;
}

TEST(Contacts, AMobileNumberIsTheSameHoweverItIsTyped) {
  for (const char* typed :
       {"13800138000", "+8613800138000", "008613800138000", "8613800138000", " 138 0013 8000 ",
        "+86 138-0013-8000", "１３８００１３８０００", "(0086)13800138000"}) {
    EXPECT_EQ(contact_phone(typed), "13800138000") << typed;
  }
}

TEST(Contacts, ALandLineKeepsItsAreaCode) {
  for (const char* typed : {"010-66051234", "01066051234", "+86 10 6605 1234", "+8601066051234"}) {
    EXPECT_EQ(contact_phone(typed), "01066051234") << typed;
  }
}

TEST(Contacts, WhatIsNoNumberOfATelephoneHasNoNormalForm) {
  for (const char* typed :
       {"", "1380013800", "138001380000", "+1 202 555 0100", "p-li", "13800138OOO", "66051234",
        "00113800138000", "23800138000", "1380013800\xff", "000000000000"}) {
    EXPECT_EQ(contact_phone(typed), std::nullopt) << typed;
  }
  EXPECT_EQ(contact_phone(std::string(10'000, '1')), std::nullopt);
}

TEST(Contacts, AddressesAreOfTheirKind) {
  EXPECT_EQ(normal_address(AddressKind::mail, " li@street.example "), "li@street.example");
  EXPECT_EQ(normal_address(AddressKind::account, "li"), "li");
  for (const char* mail : {"li", "@street.example", "li@", "a@b@c", "li @x"}) {
    EXPECT_EQ(normal_address(AddressKind::mail, mail), std::nullopt) << mail;
  }
  EXPECT_EQ(normal_address(AddressKind::account, ""), std::nullopt);
  EXPECT_EQ(normal_address(AddressKind::account, "l i"), std::nullopt);
  EXPECT_EQ(normal_address(AddressKind::account, "li\r\nBcc: x"), std::nullopt);
  EXPECT_EQ(normal_address(AddressKind::account, std::string(129, 'a')), std::nullopt);
}

TEST(Contacts, PersonsUnitsAndGroupsAreReachedByTheirIds) {
  const Contacts contacts = two_persons();
  EXPECT_EQ(contacts.address_of("p-li", "wecom"), "li");
  EXPECT_EQ(contacts.address_of("urban_office", "mail"), "urban@street.example");
  EXPECT_EQ(contacts.address_of("p-li", "mail"), std::nullopt);
  EXPECT_EQ(contacts.address_of("p-wang", "sms"), std::nullopt);
}

TEST(Contacts, WhoRepliesIsKnownByTheNumber) {
  const Contacts contacts = two_persons();
  EXPECT_EQ(contacts.person_of("+8613800138000"), "p-li");
  EXPECT_EQ(contacts.person_of("010-6605 1234"), "p-zhao");
  EXPECT_EQ(contacts.person_of("13800138001"), std::nullopt);
  EXPECT_EQ(contacts.person_of("li"), std::nullopt) << "an account is no number";
}

TEST(Contacts, ANumberBelongsToOnePersonOnly) {
  Contacts contacts = two_persons();
  EXPECT_TRUE(contacts.add_person("p-sun", {{"sms", "13900139000"}, {"voice", "13900139000"}}).ok())
      << "the same person may have it twice";
  auto taken = contacts.add_person("p-qian", {{"voice", "13800138000"}});
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().code, ErrorCode::conflict);
  EXPECT_EQ(taken.error().message.find("138"), std::string::npos) << taken.error().message;
}

TEST(Contacts, AnIdStandsOnceInAllSections) {
  Contacts contacts = two_persons();
  EXPECT_FALSE(contacts.add_other("p-li", {}).ok());
  EXPECT_FALSE(contacts.add_person("urban_office", {}).ok());
  EXPECT_FALSE(contacts.add_person("p-li", {}).ok());
}

TEST(Contacts, AnIdIsNoNameAndNoNumber) {
  for (const char* id : {"p-li", "urban_office", "duty.night", "p2"}) {
    EXPECT_TRUE(is_contact_id(id)) << id;
  }
  for (const char* id : {"", "李四", "13800138000", "P-LI", "-li", "p li", "p/li"}) {
    EXPECT_FALSE(is_contact_id(id)) << id;
  }
  EXPECT_FALSE(is_contact_id(std::string(65, 'a')));
}

TEST(Contacts, MethodsAreAClosedSet) {
  EXPECT_EQ(find_contact_method("sms")->kind, AddressKind::phone);
  EXPECT_EQ(find_contact_method("fax"), nullptr);
  EXPECT_NE(contact_method_names().find("wecom"), std::string::npos);
}

}  // namespace
}  // namespace jieban
