// Goal: both doors open over one sealer, and a receiver without its keys does not start.
#include "daemons/receiver/intake_edge.h"

#include "tests/unit/daemons/receiver/edge_scene.h"

namespace jieban {
namespace {

TEST(IntakeEdge, OpensBothDoors) {
  EdgeScene scene;
  IntakeEdge edge(scene.receiver.core());
  scene.loop.start();
  ASSERT_TRUE(edge.start(*scene.context).ok());
  EXPECT_TRUE(edge.reload().ok());
  EXPECT_TRUE(std::filesystem::is_directory(scene.dir.path("import")));
  edge.observe(scene.receiver.read());
  EXPECT_NE(scene.receiver.metrics.expose().find("jieban_import_age_seconds"), std::string::npos);
  edge.stop();
}

TEST(IntakeEdge, WithoutAKeyItDoesNotStartAndSaysWhich) {
  for (const char* name : {"master.key", "index.key", "clients.yaml"}) {
    EdgeScene scene;
    std::filesystem::remove(scene.dir.path(std::string("keys/") + name));
    IntakeEdge edge(scene.receiver.core());
    auto started = edge.start(*scene.context);
    ASSERT_FALSE(started.ok()) << name;
    EXPECT_NE(started.error().message.find(name), std::string::npos) << started.error().message;
    edge.stop();
  }
}

TEST(IntakeEdge, TheShippedRuleFilesPassTheCheck) {
  EdgeScene scene;
  EXPECT_TRUE(check_receiver_files(*scene.settings).ok());
  auto settings =
      parse_settings("rules: {lexicon: /nowhere/l.yaml}\n", "receiver.yaml", receiver_parameters());
  ASSERT_TRUE(settings.ok());
  EXPECT_FALSE(check_receiver_files(*settings).ok());
}

}  // namespace
}  // namespace jieban
