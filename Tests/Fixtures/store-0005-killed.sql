-- A store as the tables were after 0005: `store-0001-killed.sql`, of a clusterbot that was killed while it sent #5,
-- brought there by the steps that were released, and written by `SELECT` of everything.
PRAGMA application_id = 1668047476;
BEGIN TRANSACTION;
CREATE TABLE approval (
    change INTEGER NOT NULL REFERENCES change (id),
    person_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    person TEXT,
    account TEXT,
    name TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('approved', 'denied', 'confirmed')),
    comment TEXT,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (change, person_key),
    UNIQUE (change, account)
) STRICT, WITHOUT ROWID;
INSERT INTO "approval" VALUES(2,'person bob',1,'bob','slack:T0001/U0BOB','U0BOB','denied','not today','524a7113f1df2818d88de0b3f053397787aedce2d2299ac08228e61c5585cca4',1795443014305);
CREATE TABLE change (
    id INTEGER PRIMARY KEY CHECK (id >= 1),
    cluster INTEGER NOT NULL,
    cluster_name TEXT NOT NULL,
    cluster_project TEXT NOT NULL,
    cluster_labels TEXT NOT NULL,
    action TEXT NOT NULL,
    arguments TEXT NOT NULL,
    person TEXT,
    account TEXT,
    name TEXT NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT,
    replaces INTEGER REFERENCES change (id),
    reply_handle TEXT,
    typed_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'preparing', 'pending', 'ready', 'sending', 'succeeded', 'failed', 'unknown',
        'refused', 'denied', 'cancelled', 'expired', 'superseded')),
    how_known TEXT CHECK (how_known IN ('answer', 'read_back', 'person', 'not_sent')),
    permits TEXT NOT NULL,
    rule TEXT,
    policy TEXT NOT NULL,
    parameters TEXT NOT NULL,
    plan TEXT,
    expires_at INTEGER,
    valid_until INTEGER,
    ready_order INTEGER,
    outcome TEXT,
    recorded_seq INTEGER,
    recorded_hash TEXT,
    updated_at INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1), message_tried INTEGER NOT NULL DEFAULT 0,
    CHECK ((recorded_seq IS NULL) = (recorded_hash IS NULL))
) STRICT;
INSERT INTO "change" VALUES(1,43,'dev-train','nlp','{"env":"dev"}','scale_cluster','{"additional_nodes":1}',NULL,'slack:T0001/U0DAVE','U0DAVE','slack:T0001/C0OPS',NULL,NULL,NULL,1795443014000,1795443014064,'refused',NULL,'[]',NULL,'8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d','{"additional_nodes":1}',NULL,NULL,NULL,NULL,'Your account `slack:T0001/U0DAVE` is not listed under `people` in clusterbot''s configuration. Ask #platform-help if that is wrong.',2,'1f1acf21684c8dfa9f14e6f7a29f184ab7e6b9ca8c060f05d87491a66426b856',1795443014064,2,0);
INSERT INTO "change" VALUES(2,42,'prod-train','vision','{"env":"prod"}','update_image','{"image_version_id":90}','amy','slack:T0001/U0AMY','U0AMY','slack:T0001/C0OPS','the old one is old',NULL,NULL,1795443014000,1795443014189,'denied',NULL,'[{"needs":{"entries":[{"count":1,"from":"leads"}],"kind":"approvals","valid_ms":900000,"within_ms":1800000},"rule":"prod is agreed"}]',NULL,'8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d','{"image_version_id":90}','{"after":{"image_version":90,"status":"Running"},"before":{"image_version":77,"status":"Running"},"body":"{\"action\":\"update_image\",\"image_version_id\":90}","cautions":["The image now is Ubuntu Slurm v2-slurm25.05-ubuntu22.04.","What running jobs notice of it is not documented."],"change":2,"effect":"change the image version of all nodes: 77 → 90","expires_at":"2026-11-23T14:40:14.246Z","method":"PUT","path":"/distributed_jobs_v2/cluster/42/","query":"project_id=1187&location=Delhi&active_iam=55","requester":{"account":"slack:T0001/U0AMY","person":"amy"},"v":1}',1795444814246,NULL,NULL,'bob denied it.',5,'14b3e7d68348399b56649ecb863821b25f1ad8874841071232aca55e4e50d9fb',1795443014305,3,1);
INSERT INTO "change" VALUES(3,42,'prod-train','vision','{"env":"prod"}','scale_cluster','{"additional_nodes":2}','amy','slack:T0001/U0AMY','U0AMY','slack:T0001/C0OPS',NULL,NULL,NULL,1795443015000,1795443015118,'cancelled',NULL,'[{"needs":{"kind":"confirmation"},"rule":"prod is agreed"}]',NULL,'8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d','{"additional_nodes":2}','{"after":{"no_of_nodes":10,"status":"Running"},"before":{"no_of_nodes":8,"status":"Running"},"body":"{\"action\":\"scale_cluster\",\"additional_nodes\":2}","cautions":["Each node costs 1840 INR an hour; this adds 2 nodes.","Nodes cannot be removed again from chat."],"change":3,"effect":"add 2 nodes: 8 → 10","expires_at":"2026-11-23T14:40:15.238Z","method":"PUT","path":"/distributed_jobs_v2/cluster/42/","query":"project_id=1187&location=Delhi&active_iam=55","requester":{"account":"slack:T0001/U0AMY","person":"amy"},"v":1}',1795444815238,NULL,NULL,'amy withdrew it.',8,'f1e78f49469078b729326d32e0d87fd2a8c4c58adc877875c87336fee8e4a3bd',1795443015329,3,1);
INSERT INTO "change" VALUES(4,42,'prod-train','vision','{"env":"prod"}','restart_cluster','{}','amy','slack:T0001/U0AMY','U0AMY','slack:T0001/C0OPS','driver update',NULL,NULL,1795443016000,1795443016145,'pending',NULL,'[{"needs":{"entries":[{"count":1,"from":"leads"}],"kind":"approvals","valid_ms":900000,"within_ms":1800000},"rule":"prod is agreed"}]',NULL,'8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d','{}','{"after":{"no_of_nodes":8,"status":"Running"},"before":{"no_of_nodes":8,"status":"Running"},"body":"{\"action\":\"restart_cluster\"}","cautions":["Running jobs stop unless they can resume from a checkpoint."],"change":4,"effect":"restart the Slurm controller and all nodes, 8 in all","expires_at":"2026-11-23T14:40:16.240Z","method":"PUT","path":"/distributed_jobs_v2/cluster/42/","query":"project_id=1187&location=Delhi&active_iam=55","requester":{"account":"slack:T0001/U0AMY","person":"amy"},"v":1}',1795444816240,NULL,NULL,NULL,NULL,NULL,1795443016240,2,1);
INSERT INTO "change" VALUES(5,43,'dev-train','nlp','{"env":"dev"}','scale_cluster','{"additional_nodes":2}','amy','slack:T0001/U0AMY','U0AMY','slack:T0001/C0OPS',NULL,NULL,NULL,1795443016000,1795443016258,'sending',NULL,'[{"needs":{"kind":"nothing"},"rule":"dev is free"}]','dev is free','8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d','{"additional_nodes":2}','{"after":{"no_of_nodes":4,"status":"Running"},"before":{"no_of_nodes":2,"status":"Running"},"body":"{\"action\":\"scale_cluster\",\"additional_nodes\":2}","cautions":["Each node costs 1840 INR an hour; this adds 2 nodes.","Nodes cannot be removed again from chat."],"change":5,"effect":"add 2 nodes: 2 → 4","expires_at":null,"method":"PUT","path":"/distributed_jobs_v2/cluster/43/","query":"project_id=1200&location=Chennai","requester":{"account":"slack:T0001/U0AMY","person":"amy"},"v":1}',NULL,NULL,1,NULL,NULL,NULL,1795443017247,3,1);
CREATE TABLE delivery (
    key TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "delivery" VALUES('slack:08d62c7797830268b996de013c783ef3510ae5fbd94bfbdb14e4818d637a2795','-
Done: you cancelled #3.',1795443015330);
INSERT INTO "delivery" VALUES('slack:2772e46db627fdcc311cff4c2c480f99322722cd22ab010dc03f97aa90fda899','+4
#4 42 prod-train: restart the Slurm controller and all nodes – I am on it.',1795443016146);
INSERT INTO "delivery" VALUES('slack:aec7aa010ea6f3a0157729a3227f59568201f7692149bc29982d56f84d0805c5','+3
#3 42 prod-train: add 2 nodes – I am on it.',1795443015119);
INSERT INTO "delivery" VALUES('slack:bdd53dd529b4d0880f025159bb7fe3b8dac01b46951162678eb1e14a6053c0c0','+5
#5 43 dev-train: add 2 nodes – I am on it.',1795443016258);
INSERT INTO "delivery" VALUES('slack:c20682e24f72828744ac35905bdd4c3b8c21a88c08784cfc92b45caf158a065f','-
Done: you denied #2.',1795443014306);
INSERT INTO "delivery" VALUES('slack:defd77354e8e323b522c0c8f02125cf118976b1da0ee3362a7565caa70204c74','-
#1 43 dev-train: add 1 node – refused. Your account `slack:T0001/U0DAVE` is not listed under `people` in clusterbot''s configuration. Ask #platform-help if that is wrong. 2:1f1acf21684c8dfa',1795443014066);
INSERT INTO "delivery" VALUES('slack:ee24d2de4772120a313d8c2578d753b538e60919e40404c16e618034e97174c7','+2
#2 42 prod-train: put image version 90 on all nodes – I am on it.',1795443014190);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('0001 first tables');
INSERT INTO "grdb_migrations" VALUES('0002 fences, leases and holds');
INSERT INTO "grdb_migrations" VALUES('0003 indexes of what is to be done');
INSERT INTO "grdb_migrations" VALUES('0004 the moves there are');
INSERT INTO "grdb_migrations" VALUES('0005 an index of what was sent');
CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    change INTEGER,
    cluster INTEGER,
    entry TEXT NOT NULL,
    prev TEXT NOT NULL CHECK (length(prev) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
INSERT INTO "history" VALUES(1,1795443014064,'requested',1,43,'{"action":"scale_cluster","actor":{"account":"slack:T0001/U0DAVE","name":"U0DAVE","person":null},"at":"2026-11-23T14:10:14.064Z","change":1,"cluster":{"id":43,"name":"dev-train"},"detail":{"asked":"add 1 node","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{"additional_nodes":1},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":null,"seq":1,"texts_sha256":{},"v":1}','0000000000000000000000000000000000000000000000000000000000000000','5c23c6b796168b917f44c94957aec21aec70375e7ba62d7ec71be8c7d8f0d6bf');
INSERT INTO "history" VALUES(2,1795443014064,'refused',1,43,'{"action":"scale_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-23T14:10:14.064Z","change":1,"cluster":{"id":43,"name":"dev-train"},"detail":{"outcome":"Your account `slack:T0001/U0DAVE` is not listed under `people` in clusterbot''s configuration. Ask #platform-help if that is wrong.","state":"refused"},"kind":"refused","parameters":{"additional_nodes":1},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":null,"seq":2,"texts_sha256":{},"v":1}','5c23c6b796168b917f44c94957aec21aec70375e7ba62d7ec71be8c7d8f0d6bf','1f1acf21684c8dfa9f14e6f7a29f184ab7e6b9ca8c060f05d87491a66426b856');
INSERT INTO "history" VALUES(3,1795443014189,'requested',2,42,'{"action":"update_image","actor":{"account":"slack:T0001/U0AMY","name":"U0AMY","person":"amy"},"at":"2026-11-23T14:10:14.189Z","change":2,"cluster":{"id":42,"name":"prod-train"},"detail":{"asked":"put image version 90 on all nodes","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{"image_version_id":90},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":"prod is agreed","seq":3,"texts_sha256":{"reason":"1dd6dec39f2435b66974bd1864b39115cb20a97895f7f330a5c22aafe9e0a89b"},"v":1}','1f1acf21684c8dfa9f14e6f7a29f184ab7e6b9ca8c060f05d87491a66426b856','90f564f9ba3fea4e8285286ae16cf42eb96318aac109a3c69c2e798a8161f7ec');
INSERT INTO "history" VALUES(4,1795443014246,'planned',2,42,'{"action":"update_image","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-23T14:10:14.246Z","change":2,"cluster":{"id":42,"name":"prod-train"},"detail":{"after":{"image_version":90,"status":"Running"},"before":{"image_version":77,"status":"Running"},"digest":"524a7113f1df2818d88de0b3f053397787aedce2d2299ac08228e61c5585cca4","effect":"change the image version of all nodes: 77 → 90","state":"pending"},"kind":"planned","parameters":{"image_version_id":90},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":null,"seq":4,"texts_sha256":{},"v":1}','90f564f9ba3fea4e8285286ae16cf42eb96318aac109a3c69c2e798a8161f7ec','45f9acb5ab041585d880c3d4616951cbc0acc12114183861153268184cd79eb5');
INSERT INTO "history" VALUES(5,1795443014305,'denied',2,42,'{"action":"update_image","actor":{"account":"slack:T0001/U0BOB","name":"U0BOB","person":"bob"},"at":"2026-11-23T14:10:14.305Z","change":2,"cluster":{"id":42,"name":"prod-train"},"detail":{"outcome":"bob denied it.","state":"denied"},"kind":"denied","parameters":{"image_version_id":90},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":null,"seq":5,"texts_sha256":{"reason":"9e00af14be621d7cad3d43e7dcc5907af09b20b75b9b6435296e9b50dff9bdbe"},"v":1}','45f9acb5ab041585d880c3d4616951cbc0acc12114183861153268184cd79eb5','14b3e7d68348399b56649ecb863821b25f1ad8874841071232aca55e4e50d9fb');
INSERT INTO "history" VALUES(6,1795443015118,'requested',3,42,'{"action":"scale_cluster","actor":{"account":"slack:T0001/U0AMY","name":"U0AMY","person":"amy"},"at":"2026-11-23T14:10:15.118Z","change":3,"cluster":{"id":42,"name":"prod-train"},"detail":{"asked":"add 2 nodes","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{"additional_nodes":2},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":"prod is agreed","seq":6,"texts_sha256":{},"v":1}','14b3e7d68348399b56649ecb863821b25f1ad8874841071232aca55e4e50d9fb','716262e4023f28188302fa9a8baafc8e2a7e8646b955b820fb5df9bd130bc423');
INSERT INTO "history" VALUES(7,1795443015238,'planned',3,42,'{"action":"scale_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-23T14:10:15.238Z","change":3,"cluster":{"id":42,"name":"prod-train"},"detail":{"after":{"no_of_nodes":10,"status":"Running"},"before":{"no_of_nodes":8,"status":"Running"},"digest":"ef8f7690801b70d39eeefbebf586167a3492fe47fbf56ea54b02302a71589f8b","effect":"add 2 nodes: 8 → 10","state":"pending"},"kind":"planned","parameters":{"additional_nodes":2},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":null,"seq":7,"texts_sha256":{},"v":1}','716262e4023f28188302fa9a8baafc8e2a7e8646b955b820fb5df9bd130bc423','af9be1f5b882852093c4ceb01999e2ffd448eabf40af9555451ab8d070b27d2f');
INSERT INTO "history" VALUES(8,1795443015329,'cancelled',3,42,'{"action":"scale_cluster","actor":{"account":"slack:T0001/U0AMY","name":"U0AMY","person":"amy"},"at":"2026-11-23T14:10:15.329Z","change":3,"cluster":{"id":42,"name":"prod-train"},"detail":{"outcome":"amy withdrew it.","state":"cancelled"},"kind":"cancelled","parameters":{"additional_nodes":2},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":null,"seq":8,"texts_sha256":{},"v":1}','af9be1f5b882852093c4ceb01999e2ffd448eabf40af9555451ab8d070b27d2f','f1e78f49469078b729326d32e0d87fd2a8c4c58adc877875c87336fee8e4a3bd');
INSERT INTO "history" VALUES(9,1795443016145,'requested',4,42,'{"action":"restart_cluster","actor":{"account":"slack:T0001/U0AMY","name":"U0AMY","person":"amy"},"at":"2026-11-23T14:10:16.145Z","change":4,"cluster":{"id":42,"name":"prod-train"},"detail":{"asked":"restart the Slurm controller and all nodes","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":"prod is agreed","seq":9,"texts_sha256":{"reason":"28cf271e64611bf21bdb3d61b360fd112d6a88215ae55f940c9f275bfae670e8"},"v":1}','f1e78f49469078b729326d32e0d87fd2a8c4c58adc877875c87336fee8e4a3bd','7210ed3be0d2015191014e75f1f900688be98ce6cdc6d4b0ff2297dc9d14628f');
INSERT INTO "history" VALUES(10,1795443016240,'planned',4,42,'{"action":"restart_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-23T14:10:16.240Z","change":4,"cluster":{"id":42,"name":"prod-train"},"detail":{"after":{"no_of_nodes":8,"status":"Running"},"before":{"no_of_nodes":8,"status":"Running"},"digest":"cd007a4cc942e1c456701eb3a54540fbdd7d13c27d5d430b34b3e5b0ffff6e0a","effect":"restart the Slurm controller and all nodes, 8 in all","state":"pending"},"kind":"planned","parameters":{},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":null,"seq":10,"texts_sha256":{},"v":1}','7210ed3be0d2015191014e75f1f900688be98ce6cdc6d4b0ff2297dc9d14628f','d22cc734446ee9b18c0d27e240eb838ec5eb8c11a96611e20ef9800727527706');
INSERT INTO "history" VALUES(11,1795443016258,'requested',5,43,'{"action":"scale_cluster","actor":{"account":"slack:T0001/U0AMY","name":"U0AMY","person":"amy"},"at":"2026-11-23T14:10:16.258Z","change":5,"cluster":{"id":43,"name":"dev-train"},"detail":{"asked":"add 2 nodes","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{"additional_nodes":2},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":"dev is free","seq":11,"texts_sha256":{},"v":1}','d22cc734446ee9b18c0d27e240eb838ec5eb8c11a96611e20ef9800727527706','af65e4e0f720ff34384c42d24539d48c32d298fd5edcb2eae3ff7490dd89e8b8');
INSERT INTO "history" VALUES(12,1795443017247,'planned',5,43,'{"action":"scale_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-23T14:10:17.247Z","change":5,"cluster":{"id":43,"name":"dev-train"},"detail":{"after":{"no_of_nodes":4,"status":"Running"},"before":{"no_of_nodes":2,"status":"Running"},"digest":"14204b356e526f15415ee8c5a418da00ff1b27b7610c58cd055cc714f2358e51","effect":"add 2 nodes: 2 → 4"},"kind":"planned","parameters":{"additional_nodes":2},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":"dev is free","seq":12,"texts_sha256":{},"v":1}','af65e4e0f720ff34384c42d24539d48c32d298fd5edcb2eae3ff7490dd89e8b8','98d8a0962efab169ed7ab0f5bf818d25bb1a5f3b298fbf12b71562fdc974ccb6');
INSERT INTO "history" VALUES(13,1795443017247,'sending',5,43,'{"action":"scale_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-23T14:10:17.247Z","change":5,"cluster":{"id":43,"name":"dev-train"},"detail":{"attempt":1,"before":{"no_of_nodes":2,"status":"Running"},"body_sha256":"e8e34257434eef7f25969637ec494ee3329961e8008a703233aed8e815a7b4b8","digest":"14204b356e526f15415ee8c5a418da00ff1b27b7610c58cd055cc714f2358e51","send_by":"2026-11-23T14:10:22.247Z","state":"sending"},"kind":"sending","parameters":{"additional_nodes":2},"policy":"8bb5ca00dfceb010eb749bd8228eb5fbcc8b62c3c75a24125e9f3758ee3aeb2d","rule":"dev is free","seq":13,"texts_sha256":{},"v":1}','98d8a0962efab169ed7ab0f5bf818d25bb1a5f3b298fbf12b71562fdc974ccb6','0668a5e5e9cf9021a5811820f03fc4dfb8f82e7f410d577cb2cad50eb7f6c019');
CREATE TABLE history_text (
    seq INTEGER NOT NULL REFERENCES history (seq),
    name TEXT NOT NULL,
    salt TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (seq, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "history_text" VALUES(3,'reason','c7fe88601e74d845212b78acef7233f4','the old one is old');
INSERT INTO "history_text" VALUES(5,'reason','20d0e4e332df9e274705d3838d3af914','not today');
INSERT INTO "history_text" VALUES(9,'reason','24093103cd4ffe40d290a0c2e0a5f37a','driver update');
CREATE TABLE hold (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    remembered_seq INTEGER NOT NULL,
    remembered_hash TEXT NOT NULL,
    found_seq INTEGER NOT NULL,
    found_hash TEXT NOT NULL,
    noticed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE intent (
    change INTEGER PRIMARY KEY REFERENCES change (id),
    attempt INTEGER NOT NULL CHECK (attempt = 1),
    body_digest TEXT NOT NULL,
    before TEXT NOT NULL,
    send_by INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    evidence TEXT
, lease_until INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "intent" VALUES(5,1,'e8e34257434eef7f25969637ec494ee3329961e8008a703233aed8e815a7b4b8','{"no_of_nodes":2,"status":"Running"}',1795443022247,1795443017247,NULL,NULL,1795443062247,2);
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('fence',2);
INSERT INTO "meta" VALUES('ready_order',1);
CREATE TABLE post (
    change INTEGER NOT NULL REFERENCES change (id),
    place TEXT NOT NULL CHECK (place IN ('conversation', 'history', 'notice')),
    -- The entry of the history that it tells; 0 for the conversation.
    seq INTEGER NOT NULL,
    channel TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    message_id TEXT,
    tries INTEGER NOT NULL,
    next_try INTEGER NOT NULL,
    PRIMARY KEY (change, place, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "post" VALUES(1,'history',2,'slack:T0001/C0HISTORY',1,1,NULL,0,1795443014064);
INSERT INTO "post" VALUES(2,'conversation',0,'slack:T0001/C0OPS',3,3,'1795443014.237290',0,1795443014305);
INSERT INTO "post" VALUES(2,'history',5,'slack:T0001/C0HISTORY',1,1,NULL,0,1795443014305);
INSERT INTO "post" VALUES(3,'conversation',0,'slack:T0001/C0OPS',3,3,'1795443015.233747',0,1795443015329);
INSERT INTO "post" VALUES(3,'history',8,'slack:T0001/C0HISTORY',1,1,NULL,0,1795443015329);
INSERT INTO "post" VALUES(4,'conversation',0,'slack:T0001/C0OPS',2,2,'1795443016.235842',0,1795443016240);
INSERT INTO "post" VALUES(5,'conversation',0,'slack:T0001/C0OPS',3,3,'1795443017.237680',0,1795443017247);
CREATE TRIGGER change_never_sent_twice BEFORE UPDATE OF state ON change
WHEN OLD.state IN ('sending', 'unknown') AND NEW.state NOT IN ('sending', 'unknown', 'succeeded', 'failed')
BEGIN SELECT RAISE(ABORT, 'a change that may have been sent cannot be sent again'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'changes are never removed'); END;
CREATE TRIGGER intent_is_kept BEFORE DELETE ON intent
BEGIN SELECT RAISE(ABORT, 'intents are never removed'); END;
CREATE INDEX history_cluster ON history (cluster, seq) WHERE cluster IS NOT NULL;
CREATE TRIGGER history_has_no_gaps BEFORE INSERT ON history
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM history)
BEGIN SELECT RAISE(ABORT, 'the history only grows at its end'); END;
CREATE TRIGGER history_never_changes BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'the history never changes'); END;
CREATE TRIGGER history_is_kept BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'the history never changes'); END;
CREATE TRIGGER history_text_never_changes BEFORE UPDATE ON history_text
BEGIN SELECT RAISE(ABORT, 'a text of the history can be removed, not changed'); END;
CREATE INDEX delivery_at ON delivery (at);
CREATE UNIQUE INDEX change_one_sending ON change (cluster) WHERE state = 'sending';
CREATE INDEX change_open ON change (state, cluster) WHERE (state = 'preparing' OR state = 'pending' OR state = 'ready' OR state = 'sending' OR state = 'unknown');
CREATE INDEX change_same ON change (
    cluster, action, arguments, (state IN ('preparing', 'pending')), created_at);
CREATE INDEX change_to_prepare ON change (id) WHERE state = 'preparing' AND message_tried = 1;
CREATE INDEX change_ready ON change (cluster, ready_order) WHERE state = 'ready';
CREATE INDEX change_expiry ON change (expires_at) WHERE state = 'pending';
CREATE INDEX change_validity ON change (valid_until) WHERE state = 'ready';
CREATE INDEX change_failed_by_reading ON change (id) WHERE state = 'failed' AND how_known = 'read_back';
CREATE INDEX intent_started ON intent (started_at);
CREATE INDEX post_waiting ON post (channel, (message_id IS NULL), next_try, change, place, seq)
WHERE posted < wanted;
CREATE TRIGGER change_moves_as_it_may BEFORE UPDATE OF state ON change
WHEN OLD.state <> NEW.state AND NOT ((OLD.state = 'preparing' AND (NEW.state = 'pending' OR NEW.state = 'ready' OR NEW.state = 'failed' OR NEW.state = 'refused' OR NEW.state = 'cancelled' OR NEW.state = 'expired')) OR (OLD.state = 'pending' AND (NEW.state = 'ready' OR NEW.state = 'refused' OR NEW.state = 'denied' OR NEW.state = 'cancelled' OR NEW.state = 'expired' OR NEW.state = 'superseded')) OR (OLD.state = 'ready' AND (NEW.state = 'preparing' OR NEW.state = 'sending' OR NEW.state = 'failed' OR NEW.state = 'refused' OR NEW.state = 'denied' OR NEW.state = 'cancelled' OR NEW.state = 'expired' OR NEW.state = 'superseded')) OR (OLD.state = 'sending' AND (NEW.state = 'succeeded' OR NEW.state = 'failed' OR NEW.state = 'unknown')) OR (OLD.state = 'unknown' AND (NEW.state = 'succeeded' OR NEW.state = 'failed')))
BEGIN SELECT RAISE(ABORT, 'a change cannot move like that'); END;
CREATE INDEX change_sent ON change (cluster, ready_order)
WHERE state IN ('sending', 'succeeded', 'unknown');
COMMIT;
