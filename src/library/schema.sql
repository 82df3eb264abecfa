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
    identity BLOB NOT NULL,
    replaced_by INTEGER REFERENCES article
, page INTEGER, added INTEGER) STRICT;
CREATE INDEX article_by_day ON article (day DESC, id) WHERE replaced_by IS NULL;
CREATE INDEX article_by_identity ON article (identity);
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
, last_day TEXT) STRICT;
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
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE tagged (
    tag INTEGER NOT NULL REFERENCES tag,
    article INTEGER NOT NULL REFERENCES article,
    PRIMARY KEY (tag, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_by_article ON tagged (article);
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article,
    first INTEGER,
    last INTEGER,
    words TEXT NOT NULL,
    text TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_article ON note (article);
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made TEXT NOT NULL,
    back TEXT NOT NULL,
    again TEXT NOT NULL,
    undone INTEGER NOT NULL
) STRICT;
CREATE TABLE saved_search (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    by_date INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE searched (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    query TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL
) STRICT;
CREATE TABLE profile (
    article INTEGER PRIMARY KEY REFERENCES article,
    form INTEGER NOT NULL,
    features BLOB NOT NULL
) STRICT;
CREATE INDEX story_by_day ON story (last_day DESC, id);
CREATE INDEX related_by_article ON related (article);
CREATE TABLE dictionary (
    id INTEGER PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE body (
    article INTEGER PRIMARY KEY REFERENCES article,
    text BLOB NOT NULL,
    paragraphs TEXT NOT NULL,
    kicker TEXT,
    lead TEXT,
    url TEXT,
    authors TEXT NOT NULL,
    agencies TEXT NOT NULL,
    origin TEXT NOT NULL,
    key TEXT
, given TEXT) STRICT;
CREATE INDEX article_by_page ON article (page) WHERE page IS NOT NULL;
CREATE TABLE tally (
    articles INTEGER NOT NULL
) STRICT;
CREATE TRIGGER added_is_counted AFTER INSERT ON article WHEN NEW.replaced_by IS NULL BEGIN
    UPDATE tally SET articles = articles + 1;
END;
CREATE TRIGGER replaced_is_counted AFTER UPDATE OF replaced_by ON article BEGIN
    UPDATE tally SET articles = articles + (NEW.replaced_by IS NULL) - (OLD.replaced_by IS NULL);
END;
CREATE TRIGGER deleted_is_counted AFTER DELETE ON article WHEN OLD.replaced_by IS NULL BEGIN
    UPDATE tally SET articles = articles - 1;
END;
CREATE INDEX article_by_outlet ON article (source, day DESC, id) WHERE replaced_by IS NULL;
CREATE INDEX article_by_newer ON article (replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX source_by_label ON source (name || domain = '',
    lower(coalesce(nullif(name, ''), domain)), coalesce(nullif(name, ''), domain));
CREATE TABLE feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    name TEXT,
    site TEXT,
    tags TEXT NOT NULL,
    etag TEXT,
    modified TEXT,
    fetched TEXT,
    next TEXT,
    wait TEXT,
    trouble TEXT,
    failures INTEGER NOT NULL
) STRICT;
CREATE TABLE fed (
    feed INTEGER NOT NULL REFERENCES feed,
    article INTEGER NOT NULL REFERENCES article,
    PRIMARY KEY (feed, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX fed_by_article ON fed (article);
CREATE TABLE correction (
    article INTEGER NOT NULL REFERENCES article,
    field TEXT NOT NULL,
    stated TEXT NOT NULL,
    PRIMARY KEY (article, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE reindex (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL
) STRICT;
CREATE TABLE regroup (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL UNIQUE,
    day TEXT
) STRICT;
CREATE TRIGGER analysed_is_to_group AFTER INSERT ON analysis BEGIN
    DELETE FROM profile WHERE article = NEW.article;
    INSERT OR REPLACE INTO regroup (article, day) SELECT id, day FROM article WHERE id = NEW.article;
END;
CREATE TRIGGER replaced_is_to_group AFTER UPDATE OF replaced_by ON article BEGIN
    DELETE FROM profile WHERE article = NEW.id;
    INSERT OR REPLACE INTO regroup (article, day) VALUES (NEW.id, NEW.day);
END;
CREATE TRIGGER deleted_is_to_group AFTER DELETE ON article BEGIN
    DELETE FROM profile WHERE article = OLD.id;
    INSERT OR REPLACE INTO regroup (article, day) VALUES (OLD.id, OLD.day);
END;
