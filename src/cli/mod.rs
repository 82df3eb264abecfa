//! The command line: arguments in, text or JSON out.

mod json;

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::model::{Analysis, Article, ArticleId, ReadState};

/// Runs the program with the arguments of the process.
#[must_use]
#[allow(clippy::print_stdout, reason = "answers of the command line go to standard output")]
pub fn run() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|a| a != "--format" && a != "json").collect();
    let Some((command, paths)) = arguments.split_first() else { return ExitCode::from(2) };
    let articles: Vec<(Article, Analysis)> = paths.iter().flat_map(|p| read(Path::new(p))).collect();
    let list: Vec<&Article> = articles.iter().map(|(a, _)| a).collect();
    let value: Value = match command.as_str() {
        "show" => json::answer(json!({"article": list.first().map(|a| json::article(a))})),
        "list" => json::answer(json!({"articles": list.iter().map(|a| json::listed(a)).collect::<Vec<_>>()})),
        "entities" => json::answer(
            json!({"articles": articles.iter().map(|(a, n)| json::entities(a, n)).collect::<Vec<_>>()}),
        ),
        "quotes" => json::answer(
            json!({"articles": articles.iter().map(|(a, n)| json::quotes(a, &n.quotes)).collect::<Vec<_>>()}),
        ),
        "compare" => {
            let analysed: Vec<_> = articles
                .iter()
                .map(|(a, n)| crate::compare::Analysed { draft: &a.draft, analysis: n })
                .collect();
            json::comparison(&list, &crate::compare::compare(&analysed, crate::compare::Options::default()))
        }
        _ => return ExitCode::from(2),
    };
    println!("{value}");
    ExitCode::SUCCESS
}

fn read(path: &Path) -> Vec<(Article, Analysis)> {
    let origin = path.display().to_string();
    let bytes = std::fs::read(path).unwrap_or_default();
    let drafts = crate::ingest::read(&bytes, &origin).unwrap_or_default();
    drafts
        .into_iter()
        .map(|draft| {
            let analysis = crate::analysis::analyse(&draft);
            (Article { id: ArticleId(0), draft, state: ReadState::default(), story: None }, analysis)
        })
        .collect()
}
