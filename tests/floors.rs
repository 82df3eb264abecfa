//! The floor plan, checked: which room may use which, and which crates stay in their rooms.
//!
//! Every `crate::room` path in `src/` is looked up in [`ROOMS`]; what is not listed is forbidden.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Room and the rooms it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("ingest", &["model", "text"]),
    ("analysis", &["model", "text"]),
    ("search", &["model", "text"]),
    ("compare", &["model", "text"]),
    ("library", &["model", "text", "ingest", "analysis", "search", "compare"]),
    ("fetch", &["model"]),
    ("config", &["model", "text"]),
    ("app", &["model", "text", "search"]),
    ("worker", &["model", "app", "library", "fetch"]),
    ("ui", &["model", "text", "app", "config"]),
    ("shell", &["config", "app", "ui", "worker", "library", "model"]),
    (
        "cli",
        &[
            "config", "library", "fetch", "shell", "model", "text", "ingest", "analysis", "compare",
            "search", "app",
        ],
    ),
];

/// A crate and the files or rooms it may be named in.
const CRATES: &[(&str, &[&str])] = &[
    ("ratatui", &["ui", "shell"]),
    ("crossterm", &["shell"]),
    ("rusqlite", &["library"]),
    ("fuzzy_matcher", &["search/fuzzy.rs"]),
    ("textwrap", &["text/wrap.rs"]),
    ("hypher", &["text/wrap.rs", "text/hyphen.rs"]),
    ("rustix", &["shell", "worker/intake.rs"]),
    ("signal_hook", &["shell"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("zstd_safe", &["library/packing.rs", "library/archive"]),
    ("csv", &["ingest/table.rs"]),
    ("flate2", &["library/archive", "ingest/warc.rs", "fetch", "bin/train_tagger"]),
    ("tar", &["library/archive"]),
    ("zip", &["library/archive", "ingest/office"]),
    ("quick_xml", &["ingest"]),
    ("mail_parser", &["ingest/mail.rs"]),
    ("ureq", &["fetch"]),
    ("toml", &["config", "app/keymap.rs", "ingest"]),
];

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("src is readable").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("sources are UTF-8");
                found.push((path.strip_prefix(&root).expect("it lies below src").to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// First part of a source path: `search` for `search/mod.rs` and for `search.rs`.
fn room_of(path: &Path) -> String {
    let first = path.components().next().expect("a path has a part").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file, without comments.
fn code(text: &str) -> String {
    text.lines().map(|l| l.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The rooms named by `crate::room`, in braces too.
fn rooms_used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    for (at, _) in code.match_indices("crate::") {
        let rest = code.get(at + "crate::".len()..).expect("the match ends on a character");
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut item = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        used.insert(word(std::mem::take(&mut item).trim()));
                    }
                    _ if depth == 0 => item.push(c),
                    _ => {}
                }
            }
            used.insert(word(item.trim()));
        } else {
            used.insert(word(rest));
        }
    }
    used.retain(|u| !u.is_empty());
    used
}

#[test]
fn rooms_use_only_rooms_below_them() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let room = room_of(&path);
        if room == "lib" || room == "main" || path.starts_with("bin") {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{}: the floor plan has no room '{room}'", path.display()));
            continue;
        };
        for used in rooms_used(&code(&text)) {
            if used != room && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}: '{room}' may not use '{used}'", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code = code(&text);
        for (name, places) in CRATES {
            let named = code.contains(&format!("{name}::")) || code.contains(&format!("use {name};"));
            if named && !places.iter().any(|p| path.starts_with(p)) {
                wrong.push(format!("{}: '{name}' belongs in {}", path.display(), places.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_guard_sees_nested_imports() {
    let used = rooms_used("use crate::{model::{A, B}, library};\nlet x = crate::ui::draw();");
    assert_eq!(used, ["library", "model", "ui"].map(str::to_owned).into());
}
