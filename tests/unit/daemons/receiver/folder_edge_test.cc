// Goal: a file put into the folder becomes orders, and what became of them lies beside it.
#include "daemons/receiver/folder_edge.h"

#include "tests/support/wait_until.h"
#include "tests/unit/daemons/receiver/edge_scene.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

struct FolderScene : EdgeScene {
  FolderScene() { edge.use(std::make_shared<Door>(*context, receiver.sealer)); }
  ~FolderScene() {
    edge.stop();
    loop.stop();
  }
  bool arrives(const std::string& parent) {
    std::string path = dir.path("import/" + parent);
    return wait_until([&] { return fs::exists(path) && !fs::is_empty(path); });
  }
  FolderEdge edge;
};

TEST(FolderEdge, AFileBecomesOrders) {
  FolderScene scene;
  scene.loop.start();
  ASSERT_TRUE(scene.edge.start(*scene.context).ok());
  scene.put("import/a.csv", "工单编号,主要内容,来电时间\n260310000001,路灯不亮,2026-03-10\n");
  ASSERT_TRUE(scene.arrives("done"));
  scene.edge.stop();
  scene.loop.stop();
  EXPECT_EQ(scene.receiver.known(1).facts.order_no, "260310000001");
  auto record = scene.receiver.fold().outbox().get(scene.receiver.read(), 1);
  ASSERT_TRUE(record.ok() && *record);
  EXPECT_EQ(decode_record(**record)->actor, "import");
}

TEST(FolderEdge, AFileWithoutNewsIsAnImportToo) {
  FolderScene scene;
  scene.loop.start();
  ASSERT_TRUE(scene.edge.start(*scene.context).ok());
  scene.put("import/a.csv", "工单编号,主要内容,来电时间\n");
  ASSERT_TRUE(scene.arrives("done"));
  scene.edge.stop();
  scene.loop.stop();
  ASSERT_EQ(scene.receiver.fold().head(), 1U);
  auto record = scene.receiver.fold().outbox().get(scene.receiver.read(), 1);
  ASSERT_TRUE(record.ok() && *record);
  const Event event = *decode_record(**record);
  EXPECT_EQ(event.topic, topics::kImportDone);
  EXPECT_EQ(payload_of<ImportDone>(event),
            (ImportDone{"import", 1, 0, 0, 0, 0, 0, scene.receiver.now}));
}

TEST(FolderEdge, AFullStoreLeavesTheFileWhereItIs) {
  FolderScene scene;
  scene.loop.full = true;
  scene.loop.start();
  ASSERT_TRUE(scene.edge.start(*scene.context).ok());
  scene.put("import/a.csv", "工单编号,主要内容,来电时间\n1,路灯不亮,2026-03-10\n");
  ASSERT_TRUE(wait_until([&] { return scene.loop.refused > 0; }));
  scene.edge.stop();
  EXPECT_TRUE(fs::exists(scene.dir.path("import/a.csv")));
}

TEST(FolderEdge, TheAliasesCanBeReadAgain) {
  FolderScene scene;
  scene.loop.start();
  ASSERT_TRUE(scene.edge.start(*scene.context).ok());
  EXPECT_TRUE(scene.edge.reload().ok());
}

TEST(FolderEdge, AliasFilesThatAreNotThereStopTheStart) {
  EdgeScene scene;
  auto settings = parse_settings("rules: {aliases: [/nowhere/a.yaml]}\n", "receiver.yaml",
                                 receiver_parameters());
  ASSERT_TRUE(settings.ok());
  auto tables = load_alias_tables(*settings);
  ASSERT_FALSE(tables.ok());
  EXPECT_NE(tables.error().message.find("/nowhere/a.yaml"), std::string::npos);
}

}  // namespace
}  // namespace jieban
