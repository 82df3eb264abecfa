//! The numbered steps from one form of the library's file to the next; one that was ever released is
//! never edited.

use rusqlite::Connection;

use super::storing;

/// Steps from an empty file to the newest form; `user_version` counts those taken.
pub(super) const STEPS: &[Step] = &[
    Step::Sql(
        "
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
",
    ),
    Step::Sql(
        "
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
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    site TEXT,
    validator TEXT,
    fetched TEXT,
    error TEXT
) STRICT;
",
    ),
    Step::Sql(
        "
CREATE TABLE profile (
    article INTEGER PRIMARY KEY REFERENCES article,
    form INTEGER NOT NULL,
    features BLOB NOT NULL
) STRICT;
CREATE TABLE regroup (
    article INTEGER PRIMARY KEY,
    day TEXT
) STRICT;
INSERT INTO regroup SELECT id, day FROM article WHERE replaced_by IS NULL
    AND EXISTS (SELECT 1 FROM analysis WHERE analysis.article = article.id);
CREATE TRIGGER analysed_is_to_group AFTER INSERT ON analysis BEGIN
    DELETE FROM profile WHERE article = NEW.article;
    INSERT OR REPLACE INTO regroup SELECT id, day FROM article WHERE id = NEW.article;
END;
CREATE TRIGGER replaced_is_to_group AFTER UPDATE OF replaced_by ON article BEGIN
    DELETE FROM profile WHERE article = NEW.id;
    INSERT OR REPLACE INTO regroup VALUES (NEW.id, NEW.day);
END;
CREATE TRIGGER deleted_is_to_group AFTER DELETE ON article BEGIN
    DELETE FROM profile WHERE article = OLD.id;
    INSERT OR REPLACE INTO regroup VALUES (OLD.id, OLD.day);
END;
ALTER TABLE story ADD COLUMN last_day TEXT;
UPDATE story SET last_day = (SELECT max(day) FROM member JOIN article ON article.id = member.article
    WHERE member.story = story.id);
CREATE INDEX story_by_day ON story (last_day DESC, id);
CREATE INDEX related_by_article ON related (article);
",
    ),
    Step::Code(compact),
    Step::Sql(
        "
CREATE TABLE tally (
    articles INTEGER NOT NULL
) STRICT;
INSERT INTO tally SELECT count(*) FROM article WHERE replaced_by IS NULL;
CREATE TRIGGER added_is_counted AFTER INSERT ON article WHEN NEW.replaced_by IS NULL BEGIN
    UPDATE tally SET articles = articles + 1;
END;
CREATE TRIGGER replaced_is_counted AFTER UPDATE OF replaced_by ON article BEGIN
    UPDATE tally SET articles = articles + (NEW.replaced_by IS NULL) - (OLD.replaced_by IS NULL);
END;
CREATE TRIGGER deleted_is_counted AFTER DELETE ON article WHEN OLD.replaced_by IS NULL BEGIN
    UPDATE tally SET articles = articles - 1;
END;
",
    ),
    Step::Sql(
        "
DROP INDEX article_by_source;
CREATE INDEX article_by_outlet ON article (source, day DESC, id) WHERE replaced_by IS NULL;
CREATE INDEX article_by_newer ON article (replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX source_by_label ON source (name || domain = '',
    lower(coalesce(nullif(name, ''), domain)), coalesce(nullif(name, ''), domain));
",
    ),
    // Nothing wrote the earlier table.
    Step::Sql(
        "
DROP TABLE feed;
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
",
    ),
    Step::Sql(
        "
ALTER TABLE article ADD COLUMN added INTEGER;
ALTER TABLE body ADD COLUMN given TEXT;
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
",
    ),
    // Numbers that grow tell what changed while stories were made from what they were made of.
    Step::Sql(
        "
DROP TRIGGER analysed_is_to_group;
DROP TRIGGER replaced_is_to_group;
DROP TRIGGER deleted_is_to_group;
ALTER TABLE regroup RENAME TO waiting;
CREATE TABLE regroup (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL UNIQUE,
    day TEXT
) STRICT;
INSERT INTO regroup (article, day) SELECT article, day FROM waiting;
DROP TABLE waiting;
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
",
    ),
];

/// What leads from one form to the next.
pub(super) enum Step {
    /// Statements.
    Sql(&'static str),
    /// What statements alone cannot do.
    Code(fn(&Connection) -> rusqlite::Result<()>),
}

/// Texts are packed, addresses become numbers, and paragraphs, kicker and lead no longer say again
/// what the text says: two fifths of the file remain.
fn compact(tables: &Connection) -> rusqlite::Result<()> {
    tables.execute_batch(
        "
ALTER TABLE article ADD COLUMN page INTEGER;
DROP INDEX article_by_address;
CREATE TABLE dictionary (
    id INTEGER PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;
ALTER TABLE body RENAME TO loose;
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
) STRICT;",
    )?;
    storing::compact(tables)?;
    tables.execute_batch(
        "
DROP TABLE loose;
ALTER TABLE article DROP COLUMN address;
CREATE INDEX article_by_page ON article (page) WHERE page IS NOT NULL;
INSERT OR IGNORE INTO meta SELECT 'seen', CAST(max(id) AS TEXT) FROM article HAVING max(id) > 0;",
    )
}
