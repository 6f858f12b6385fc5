-- A store as the tables were after 0008, written by `SELECT` of everything from the store of a clusterbot that was told the
-- conversation of `clusterbot demo --play`.
PRAGMA application_id = 1668047476;
BEGIN TRANSACTION;
CREATE TABLE approval (
    change INTEGER NOT NULL REFERENCES change (id),
    person_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    person TEXT,
    account TEXT,
    name TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK ((verdict = 'approved' OR verdict = 'denied' OR verdict = 'confirmed')),
    comment TEXT,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL, counted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (change, person_key),
    UNIQUE (change, account)
) STRICT, WITHOUT ROWID;
INSERT INTO "approval" VALUES(1,'person amy',1,'amy','slack:T0001/U0AMY','amy','confirmed',NULL,'46adf9b1f59bf1a2357124cde2602ada3708a997640934fb9530e6afc61d811c',1795797940278,0);
INSERT INTO "approval" VALUES(2,'person bob',1,'bob','slack:T0001/U0BOB','bob','approved',NULL,'f1fc0094397b43381a29dba1dd5a65e976117a4b4a5f3b34261bc48aeca74659',1795797941257,1);
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
    state TEXT NOT NULL CHECK ((state = 'preparing' OR state = 'pending' OR state = 'ready' OR state = 'sending' OR state = 'unknown' OR state = 'succeeded' OR state = 'failed' OR state = 'refused' OR state = 'denied' OR state = 'cancelled' OR state = 'expired' OR state = 'superseded')),
    how_known TEXT CHECK ((how_known = 'answer' OR how_known = 'read_back' OR how_known = 'person' OR how_known = 'not_sent')),
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
    revision INTEGER NOT NULL CHECK (revision >= 1), message_tried INTEGER NOT NULL DEFAULT 0, request TEXT, added_reasons TEXT NOT NULL DEFAULT '[]', busy_status TEXT, busy_since INTEGER, asker TEXT NOT NULL DEFAULT '',
    CHECK ((recorded_seq IS NULL) = (recorded_hash IS NULL))
) STRICT;
INSERT INTO "change" VALUES(1,42,'prod-train','vision','{}','scale_cluster','{"additional_nodes":4}','amy','slack:T0001/U0AMY','amy','slack:T0001/C0OPS',NULL,NULL,'http://127.0.0.1:38479/hooks/commands/T0001/1/2t14q2vg8ihqw1bxtoqo2vvczf',1795797940000,1795797940196,'succeeded','answer','[{"needs":{"kind":"confirmation"},"rule":"engineers act; a lead agrees to anything destructive"}]','engineers act; a lead agrees to anything destructive','c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1','{"additional_nodes":4}','{"after":{"no_of_nodes":12,"status":"Running"},"before":{"no_of_nodes":8,"status":"Running"},"body":"{\"action\":\"scale_cluster\",\"additional_nodes\":4}","cautions":["Each node costs 1840 INR an hour; this adds 4 nodes.","Nodes cannot be removed again from chat."],"change":1,"effect":"add 4 nodes: 8 → 12","expires_at":"2026-11-27T17:15:40.227Z","method":"PUT","path":"/distributed_jobs_v2/cluster/42/","query":"project_id=1187&location=Delhi","requester":{"account":"slack:T0001/U0AMY","person":"amy"},"v":1}',1795799740227,1795798840278,1,'The API accepted it: Cluster updated successfully (it reports 12 nodes, status Running).',5,'8c75ca6bddd79075c26ae1299f8c709350be658b8b8b89ae915c7a0ec0225237',1795797940316,5,0,'e32b9fa8d585','[]',NULL,NULL,'person amy');
INSERT INTO "change" VALUES(2,42,'prod-train','vision','{}','restart_cluster','{}','amy','slack:T0001/U0AMY','amy','slack:T0001/C0OPS','driver update',NULL,'http://127.0.0.1:38479/hooks/commands/T0001/19/1w3gsu12mcjsm1i4y2u7l8s2r2',1795797940000,1795797940340,'succeeded','answer','[{"needs":{"entries":[{"count":1,"from":"leads"}],"kind":"approvals","valid_ms":900000,"within_ms":1800000},"rule":"engineers act; a lead agrees to anything destructive"}]','engineers act; a lead agrees to anything destructive','c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1','{}','{"after":{"no_of_nodes":12,"status":"Running"},"before":{"no_of_nodes":12,"status":"Running"},"body":"{\"action\":\"restart_cluster\"}","cautions":["Running jobs stop unless they can resume from a checkpoint."],"change":2,"effect":"restart the Slurm controller and all nodes, 12 in all","expires_at":"2026-11-27T17:15:40.351Z","method":"PUT","path":"/distributed_jobs_v2/cluster/42/","query":"project_id=1187&location=Delhi","requester":{"account":"slack:T0001/U0AMY","person":"amy"},"v":1}',1795799740351,1795798841257,2,'The API accepted it: Cluster updated successfully (it reports 12 nodes, status Restarting).',10,'7eab1b72a8ed1708535062f6e94badf867f0205eebca5d29042e85336b6b7ece',1795797941284,5,0,'590937097db2','[]',NULL,NULL,'person amy');
INSERT INTO "change" VALUES(3,42,'prod-train','vision','{}','scale_cluster','{"additional_nodes":100}','amy','slack:T0001/U0AMY','amy','slack:T0001/C0OPS',NULL,NULL,'http://127.0.0.1:38479/hooks/commands/T0001/40/2kk14mv5g9q513d8zqkb68t2mz',1795797941000,1795797941315,'refused',NULL,'[]',NULL,'c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1','{"additional_nodes":100}',NULL,NULL,NULL,NULL,'`additional_nodes` may be at most 8 by the rule “engineers act; a lead agrees to anything destructive”; 100 is more. Ask #platform-help if that is wrong.',12,'dc78a34059385316f630c0d737f4022bd429e951857008c5ec14382f34e6eb3e',1795797941315,2,0,'92a4465d0ec8','[]',NULL,NULL,'person amy');
INSERT INTO "change" VALUES(4,42,'prod-train','vision','{}','restart_workers','{}',NULL,'slack:T0001/U0DAVE','dave','slack:T0001/C0OPS',NULL,NULL,'http://127.0.0.1:38479/hooks/commands/T0001/43/1942q8bzs7hw02yibwc5lewlqy',1795797941000,1795797941326,'refused',NULL,'[]',NULL,'c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1','{}',NULL,NULL,NULL,NULL,'Your account `slack:T0001/U0DAVE` is not listed under `people` in clusterbot''s configuration. Ask #platform-help if that is wrong.',14,'d9bac23618e893efe7ec0b7e97dec24e71b0df9c66491537e20c10b961c7de74',1795797941326,2,0,'46f4a272d337','[]',NULL,NULL,'account slack:T0001/U0DAVE');
CREATE TABLE chat_wait (
    method TEXT NOT NULL,
    channel TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (method, channel)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery (
    key TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "delivery" VALUES('slack:14:19a15c6759fa58f22c9bf0dd27475db25bd49921aa82cedb400ac4a09155c530','-
',1795797940279);
INSERT INTO "delivery" VALUES('slack:20:932c649500d91e51d5a3b8f201119bea632d7c3a43ab40a9246333adf993bde5','-2
#2 42 prod-train: restart the Slurm controller and all nodes – I am on it.',1795797940340);
INSERT INTO "delivery" VALUES('slack:29:5f1a36b9fd7abfd019ad4c66c2998f6f6101baab6c30be150f1afc8a09558184','-
You asked for #2 yourself, so somebody else has to agree. To withdraw it: `/cluster cancel 2`',1795797941238);
INSERT INTO "delivery" VALUES('slack:2:756018acc2791f3682dc4ae6b3a828532609c89e59ed75de18c1e4ea29d4f128','-1
#1 42 prod-train: add 4 nodes – I am on it.',1795797940198);
INSERT INTO "delivery" VALUES('slack:32:8181b07f5b788378a153554978794fde173d6d04e39b204a704b1d3ac13cac10','-
',1795797941257);
INSERT INTO "delivery" VALUES('slack:41:b2956fcabc914cc3c2317383d1746a7e423c742c4fd9ac20b6d31f20e41689d1','-
#3 42 prod-train: add 100 nodes – refused. `additional_nodes` may be at most 8 by the rule “engineers act; a lead agrees to anything destructive”; 100 is more. Ask #platform-help if that is wrong. 12:dc78a34059385316',1795797941315);
INSERT INTO "delivery" VALUES('slack:44:bd1f85e98c4883c0f36cdb162a42d564618c7ff0a26b27ee6f1d499a47e28be6','-
#4 42 prod-train: restart all worker nodes (the Slurm controller stays up) – refused. Your account `slack:T0001/U0DAVE` is not listed under `people` in clusterbot''s configuration. Ask #platform-help if that is wrong. 14:d9bac23618e893ef',1795797941327);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('0001 first tables');
INSERT INTO "grdb_migrations" VALUES('0002 fences, leases and holds');
INSERT INTO "grdb_migrations" VALUES('0003 indexes of what is to be done');
INSERT INTO "grdb_migrations" VALUES('0004 the moves there are');
INSERT INTO "grdb_migrations" VALUES('0005 an index of what was sent');
INSERT INTO "grdb_migrations" VALUES('0006 what was sent, without a list');
INSERT INTO "grdb_migrations" VALUES('0007 fewer pages a command');
INSERT INTO "grdb_migrations" VALUES('0008 turns, waits and what was shown');
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
INSERT INTO "history" VALUES(1,1795797940196,'requested',1,42,'{"action":"scale_cluster","actor":{"account":"slack:T0001/U0AMY","name":"amy","person":"amy"},"at":"2026-11-27T16:45:40.196Z","change":1,"cluster":{"id":42,"name":"prod-train"},"detail":{"asked":"add 4 nodes","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{"additional_nodes":4},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":"engineers act; a lead agrees to anything destructive","seq":1,"texts_sha256":{},"v":1}','0000000000000000000000000000000000000000000000000000000000000000','11bfde454166fd3b4e8a0260b4e8246e9c75817dc24c4b0390f96da00cd079e8');
INSERT INTO "history" VALUES(2,1795797940227,'planned',1,42,'{"action":"scale_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-27T16:45:40.227Z","change":1,"cluster":{"id":42,"name":"prod-train"},"detail":{"after":{"no_of_nodes":12,"status":"Running"},"before":{"no_of_nodes":8,"status":"Running"},"digest":"46adf9b1f59bf1a2357124cde2602ada3708a997640934fb9530e6afc61d811c","effect":"add 4 nodes: 8 → 12","state":"pending"},"kind":"planned","parameters":{"additional_nodes":4},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":null,"seq":2,"texts_sha256":{},"v":1}','11bfde454166fd3b4e8a0260b4e8246e9c75817dc24c4b0390f96da00cd079e8','1945164b279b6bf6fad2c488ec9901f9fe31bb5847b94de3278358d298172661');
INSERT INTO "history" VALUES(3,1795797940278,'confirmed',1,42,'{"action":"scale_cluster","actor":{"account":"slack:T0001/U0AMY","name":"amy","person":"amy"},"at":"2026-11-27T16:45:40.278Z","change":1,"cluster":{"id":42,"name":"prod-train"},"detail":{"digest":"46adf9b1f59bf1a2357124cde2602ada3708a997640934fb9530e6afc61d811c","state":"ready"},"kind":"confirmed","parameters":{"additional_nodes":4},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":null,"seq":3,"texts_sha256":{},"v":1}','1945164b279b6bf6fad2c488ec9901f9fe31bb5847b94de3278358d298172661','63ddd153dce4d1a16c3bc524c1d2a4abeaa9c5af15e77a30d3a56cabeeaa2949');
INSERT INTO "history" VALUES(4,1795797940293,'sending',1,42,'{"action":"scale_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-27T16:45:40.293Z","change":1,"cluster":{"id":42,"name":"prod-train"},"detail":{"attempt":1,"before":{"no_of_nodes":8,"status":"Running"},"body_sha256":"63dfe5709743ca368bf5703a44e829c433839234bd471aa2cd423b4d00492013","digest":"46adf9b1f59bf1a2357124cde2602ada3708a997640934fb9530e6afc61d811c","send_by":"2026-11-27T16:45:45.293Z","state":"sending"},"kind":"sending","parameters":{"additional_nodes":4},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":"engineers act; a lead agrees to anything destructive","seq":4,"texts_sha256":{},"v":1}','63ddd153dce4d1a16c3bc524c1d2a4abeaa9c5af15e77a30d3a56cabeeaa2949','8ce4cf580fec0b5e864ad34d1bba46fb0da846a09eab0331f768c2aeedc45964');
INSERT INTO "history" VALUES(5,1795797940316,'succeeded',1,42,'{"action":"scale_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-27T16:45:40.316Z","change":1,"cluster":{"id":42,"name":"prod-train"},"detail":{"how_known":"answer","outcome":"The API accepted it: Cluster updated successfully (it reports 12 nodes, status Running).","state":"succeeded"},"kind":"succeeded","parameters":{"additional_nodes":4},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":"engineers act; a lead agrees to anything destructive","seq":5,"texts_sha256":{},"v":1}','8ce4cf580fec0b5e864ad34d1bba46fb0da846a09eab0331f768c2aeedc45964','8c75ca6bddd79075c26ae1299f8c709350be658b8b8b89ae915c7a0ec0225237');
INSERT INTO "history" VALUES(6,1795797940340,'requested',2,42,'{"action":"restart_cluster","actor":{"account":"slack:T0001/U0AMY","name":"amy","person":"amy"},"at":"2026-11-27T16:45:40.340Z","change":2,"cluster":{"id":42,"name":"prod-train"},"detail":{"asked":"restart the Slurm controller and all nodes","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":"engineers act; a lead agrees to anything destructive","seq":6,"texts_sha256":{"reason":"7d7c1a367419c6170a48f1441654daa6c2a6ce8513ebb98dca97e964ee7701a6"},"v":1}','8c75ca6bddd79075c26ae1299f8c709350be658b8b8b89ae915c7a0ec0225237','cc2032f3249f90d05b210ca0cbbb6e1d8049b2e11de7f7c46aad68314e1c4af5');
INSERT INTO "history" VALUES(7,1795797940351,'planned',2,42,'{"action":"restart_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-27T16:45:40.351Z","change":2,"cluster":{"id":42,"name":"prod-train"},"detail":{"after":{"no_of_nodes":12,"status":"Running"},"before":{"no_of_nodes":12,"status":"Running"},"digest":"f1fc0094397b43381a29dba1dd5a65e976117a4b4a5f3b34261bc48aeca74659","effect":"restart the Slurm controller and all nodes, 12 in all","state":"pending"},"kind":"planned","parameters":{},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":null,"seq":7,"texts_sha256":{},"v":1}','cc2032f3249f90d05b210ca0cbbb6e1d8049b2e11de7f7c46aad68314e1c4af5','a5259683b02e578a5bc2273ce56e2fb549d74fcc0af6e9ff50544480d12c22e0');
INSERT INTO "history" VALUES(8,1795797941257,'approved',2,42,'{"action":"restart_cluster","actor":{"account":"slack:T0001/U0BOB","name":"bob","person":"bob"},"at":"2026-11-27T16:45:41.257Z","change":2,"cluster":{"id":42,"name":"prod-train"},"detail":{"digest":"f1fc0094397b43381a29dba1dd5a65e976117a4b4a5f3b34261bc48aeca74659","state":"ready"},"kind":"approved","parameters":{},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":null,"seq":8,"texts_sha256":{},"v":1}','a5259683b02e578a5bc2273ce56e2fb549d74fcc0af6e9ff50544480d12c22e0','90001b6b54b730c9a646178eeb2cf7cb636f4b3aaab6c6f0f135ffd5af384360');
INSERT INTO "history" VALUES(9,1795797941267,'sending',2,42,'{"action":"restart_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-27T16:45:41.267Z","change":2,"cluster":{"id":42,"name":"prod-train"},"detail":{"attempt":1,"before":{"no_of_nodes":12,"status":"Running"},"body_sha256":"57628f742ffc59dea05cf1dfa2fdc34da981669173580ab45bbd7b2b72fa2591","digest":"f1fc0094397b43381a29dba1dd5a65e976117a4b4a5f3b34261bc48aeca74659","send_by":"2026-11-27T16:45:46.267Z","state":"sending"},"kind":"sending","parameters":{},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":"engineers act; a lead agrees to anything destructive","seq":9,"texts_sha256":{},"v":1}','90001b6b54b730c9a646178eeb2cf7cb636f4b3aaab6c6f0f135ffd5af384360','9945f3a479da9a8041ff20cab37afda609bbc37344aa34559e9902d434053ca4');
INSERT INTO "history" VALUES(10,1795797941284,'succeeded',2,42,'{"action":"restart_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-27T16:45:41.284Z","change":2,"cluster":{"id":42,"name":"prod-train"},"detail":{"how_known":"answer","outcome":"The API accepted it: Cluster updated successfully (it reports 12 nodes, status Restarting).","state":"succeeded"},"kind":"succeeded","parameters":{},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":"engineers act; a lead agrees to anything destructive","seq":10,"texts_sha256":{},"v":1}','9945f3a479da9a8041ff20cab37afda609bbc37344aa34559e9902d434053ca4','7eab1b72a8ed1708535062f6e94badf867f0205eebca5d29042e85336b6b7ece');
INSERT INTO "history" VALUES(11,1795797941315,'requested',3,42,'{"action":"scale_cluster","actor":{"account":"slack:T0001/U0AMY","name":"amy","person":"amy"},"at":"2026-11-27T16:45:41.315Z","change":3,"cluster":{"id":42,"name":"prod-train"},"detail":{"asked":"add 100 nodes","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{"additional_nodes":100},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":null,"seq":11,"texts_sha256":{},"v":1}','7eab1b72a8ed1708535062f6e94badf867f0205eebca5d29042e85336b6b7ece','dadc303fe38f452a8f42c004e630828a9a6877c34876bfade30e1e2e0bbd26c0');
INSERT INTO "history" VALUES(12,1795797941315,'refused',3,42,'{"action":"scale_cluster","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-27T16:45:41.315Z","change":3,"cluster":{"id":42,"name":"prod-train"},"detail":{"outcome":"`additional_nodes` may be at most 8 by the rule “engineers act; a lead agrees to anything destructive”; 100 is more. Ask #platform-help if that is wrong.","state":"refused"},"kind":"refused","parameters":{"additional_nodes":100},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":null,"seq":12,"texts_sha256":{},"v":1}','dadc303fe38f452a8f42c004e630828a9a6877c34876bfade30e1e2e0bbd26c0','dc78a34059385316f630c0d737f4022bd429e951857008c5ec14382f34e6eb3e');
INSERT INTO "history" VALUES(13,1795797941326,'requested',4,42,'{"action":"restart_workers","actor":{"account":"slack:T0001/U0DAVE","name":"dave","person":null},"at":"2026-11-27T16:45:41.326Z","change":4,"cluster":{"id":42,"name":"prod-train"},"detail":{"asked":"restart all worker nodes (the Slurm controller stays up)","channel":"slack:T0001/C0OPS"},"kind":"requested","parameters":{},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":null,"seq":13,"texts_sha256":{},"v":1}','dc78a34059385316f630c0d737f4022bd429e951857008c5ec14382f34e6eb3e','e4bb3da01f6c50ef1ebb5a0d40a2cb62a23f6aa2b3e9610803b2603779e86651');
INSERT INTO "history" VALUES(14,1795797941326,'refused',4,42,'{"action":"restart_workers","actor":{"account":null,"name":"clusterbot","person":null},"at":"2026-11-27T16:45:41.326Z","change":4,"cluster":{"id":42,"name":"prod-train"},"detail":{"outcome":"Your account `slack:T0001/U0DAVE` is not listed under `people` in clusterbot''s configuration. Ask #platform-help if that is wrong.","state":"refused"},"kind":"refused","parameters":{},"policy":"c20d6c7a74f7ac9fced20e0e5bc4a32214fea6cba3f38b484c121600b539b9b1","rule":null,"seq":14,"texts_sha256":{},"v":1}','e4bb3da01f6c50ef1ebb5a0d40a2cb62a23f6aa2b3e9610803b2603779e86651','d9bac23618e893efe7ec0b7e97dec24e71b0df9c66491537e20c10b961c7de74');
CREATE TABLE history_text (
    seq INTEGER NOT NULL REFERENCES history (seq),
    name TEXT NOT NULL,
    salt TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (seq, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "history_text" VALUES(6,'reason','5324ab579fcbc80f13e3cc76b69795ed','driver update');
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
INSERT INTO "intent" VALUES(1,1,'63dfe5709743ca368bf5703a44e829c433839234bd471aa2cd423b4d00492013','{"no_of_nodes":8,"status":"Running"}',1795797945293,1795797940293,1795797940316,'The API accepted it: Cluster updated successfully (it reports 12 nodes, status Running).',1795797985293,1);
INSERT INTO "intent" VALUES(2,1,'57628f742ffc59dea05cf1dfa2fdc34da981669173580ab45bbd7b2b72fa2591','{"no_of_nodes":12,"status":"Running"}',1795797946267,1795797941267,1795797941284,'The API accepted it: Cluster updated successfully (it reports 12 nodes, status Restarting).',1795797986267,1);
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('fence',1);
INSERT INTO "meta" VALUES('ready_order',2);
CREATE TABLE post (
    change INTEGER NOT NULL REFERENCES change (id),
    place TEXT NOT NULL CHECK ((place = 'conversation' OR place = 'history' OR place = 'notice')),
    -- The entry of the history that it tells; 0 for the conversation.
    seq INTEGER NOT NULL,
    channel TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    message_id TEXT,
    tries INTEGER NOT NULL,
    next_try INTEGER NOT NULL, asker TEXT NOT NULL DEFAULT '', told INTEGER NOT NULL DEFAULT 0, shows_plan INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (change, place, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "post" VALUES(1,'conversation',0,'slack:T0001/C0OPS',5,5,'1795797940.221764',0,1795797940316,'person amy',0,1);
INSERT INTO "post" VALUES(1,'history',5,'slack:T0001/C0HISTORY',1,1,NULL,0,1795797940316,'person amy',0,0);
INSERT INTO "post" VALUES(2,'conversation',0,'slack:T0001/C0OPS',5,5,'1795797941.222294',0,1795797941284,'person amy',0,1);
INSERT INTO "post" VALUES(2,'history',10,'slack:T0001/C0HISTORY',1,1,NULL,0,1795797941284,'person amy',0,0);
INSERT INTO "post" VALUES(3,'history',12,'slack:T0001/C0HISTORY',1,0,NULL,0,1795797941315,'person amy',0,0);
INSERT INTO "post" VALUES(4,'history',14,'slack:T0001/C0HISTORY',1,1,NULL,0,1795797941326,'account slack:T0001/U0DAVE',0,0);
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
CREATE UNIQUE INDEX change_one_sending ON change (cluster) WHERE state = 'sending';
CREATE INDEX change_ready ON change (cluster, ready_order) WHERE state = 'ready';
CREATE INDEX change_expiry ON change (expires_at) WHERE state = 'pending';
CREATE INDEX change_validity ON change (valid_until) WHERE state = 'ready';
CREATE INDEX change_failed_by_reading ON change (id) WHERE state = 'failed' AND how_known = 'read_back';
CREATE INDEX intent_started ON intent (started_at);
CREATE TRIGGER change_moves_as_it_may BEFORE UPDATE OF state ON change
WHEN OLD.state <> NEW.state AND NOT ((OLD.state = 'preparing' AND (NEW.state = 'pending' OR NEW.state = 'ready' OR NEW.state = 'failed' OR NEW.state = 'refused' OR NEW.state = 'cancelled' OR NEW.state = 'expired')) OR (OLD.state = 'pending' AND (NEW.state = 'ready' OR NEW.state = 'refused' OR NEW.state = 'denied' OR NEW.state = 'cancelled' OR NEW.state = 'expired' OR NEW.state = 'superseded')) OR (OLD.state = 'ready' AND (NEW.state = 'preparing' OR NEW.state = 'sending' OR NEW.state = 'failed' OR NEW.state = 'refused' OR NEW.state = 'denied' OR NEW.state = 'cancelled' OR NEW.state = 'expired' OR NEW.state = 'superseded')) OR (OLD.state = 'sending' AND (NEW.state = 'succeeded' OR NEW.state = 'failed' OR NEW.state = 'unknown')) OR (OLD.state = 'unknown' AND (NEW.state = 'succeeded' OR NEW.state = 'failed')))
BEGIN SELECT RAISE(ABORT, 'a change cannot move like that'); END;
CREATE INDEX change_sent ON change (cluster, ready_order)
WHERE (state = 'sending' OR state = 'succeeded' OR state = 'unknown');
CREATE INDEX change_same ON change (cluster, action, arguments, (CASE WHEN state = 'preparing' OR state = 'pending' THEN 9223372036854775807 ELSE created_at END));
CREATE INDEX change_open ON change (state, cluster)
WHERE (state = 'pending' OR state = 'ready' OR state = 'sending' OR state = 'unknown');
CREATE INDEX change_preparing ON change (asker, id, cluster) WHERE state = 'preparing';
CREATE INDEX change_denied ON change (cluster, updated_at) WHERE state = 'denied';
CREATE INDEX change_asked ON change (asker) WHERE (state = 'preparing' OR state = 'pending' OR state = 'ready');
CREATE INDEX post_waiting ON post (channel, (message_id IS NULL), asker, next_try, change, place, seq)
WHERE posted < wanted;
COMMIT;
