-- The first released form of the library's file, for tests of its upgrade. Never edited.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    domain TEXT NOT NULL,
    UNIQUE (name, domain)
) STRICT;
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    title_basis TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source,
    source_basis TEXT NOT NULL,
    day TEXT,
    day_to TEXT,
    minutes INTEGER NOT NULL,
    language TEXT NOT NULL,
    address TEXT,
    identity BLOB NOT NULL,
    replaced_by INTEGER REFERENCES article
) STRICT;
CREATE INDEX article_by_day ON article (day DESC, id) WHERE replaced_by IS NULL;
CREATE INDEX article_by_source ON article (source) WHERE replaced_by IS NULL;
CREATE INDEX article_by_address ON article (address) WHERE address IS NOT NULL;
CREATE INDEX article_by_identity ON article (identity);
CREATE TABLE body (
    article INTEGER PRIMARY KEY REFERENCES article,
    text TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    kicker TEXT,
    lead TEXT,
    url TEXT,
    authors TEXT NOT NULL,
    agencies TEXT NOT NULL,
    origin TEXT NOT NULL,
    key TEXT
) STRICT;
CREATE TABLE state (
    article INTEGER PRIMARY KEY REFERENCES article,
    read INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    place INTEGER NOT NULL
) STRICT;
CREATE TABLE analysis (
    article INTEGER PRIMARY KEY REFERENCES article,
    form INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    canonical TEXT NOT NULL,
    UNIQUE (kind, canonical)
) STRICT;
CREATE TABLE mention (
    entity INTEGER NOT NULL REFERENCES entity,
    article INTEGER NOT NULL REFERENCES article,
    count INTEGER NOT NULL,
    PRIMARY KEY (entity, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_article ON mention (article);
CREATE TABLE story (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    articles INTEGER NOT NULL
) STRICT;
CREATE TABLE member (
    article INTEGER PRIMARY KEY REFERENCES article,
    story INTEGER NOT NULL REFERENCES story
) STRICT;
CREATE INDEX member_by_story ON member (story);
CREATE TABLE related (
    story INTEGER NOT NULL REFERENCES story,
    article INTEGER NOT NULL REFERENCES article,
    reason TEXT NOT NULL,
    days INTEGER,
    PRIMARY KEY (story, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
