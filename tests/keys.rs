//! Keys in, state and effects out.

#![allow(clippy::unwrap_used, reason = "what is missing fails the test")]

mod common;

use common::{Reader, refused, with_versions};
use jiff::civil::date;
use lesart::app::action::Action;
use lesart::app::chord::{Chord, Key};
use lesart::app::effect::{Effect, FolderPlace, Reply, SearchScope, ShellRequest};
use lesart::app::help::HelpRow;
use lesart::app::layout::Row;
use lesart::app::offer::Offer;
use lesart::app::reader::Light;
use lesart::app::sheet::SheetView;
use lesart::app::{Overlay, Pane, Screen};
use lesart::model::{
    ArticleId, Change, EntityKind, Field, FieldValue, Filter, Progress, Published, SearchAnswer, Sort, Source,
};

fn stored(reader: &Reader) -> Vec<(ArticleId, Option<bool>, Option<bool>, bool)> {
    let mut found = Vec::new();
    for effect in &reader.seen {
        if let Effect::Store { changes, by_hand } = effect {
            for change in changes {
                let Change::State(id, c) = change else { continue };
                found.push((*id, c.read, c.starred, *by_hand));
            }
        }
    }
    found
}

#[test]
fn the_selected_article_is_previewed_without_being_read() {
    let mut reader = Reader::new(120, 30);
    assert_eq!(reader.app.reader.id(), Some(ArticleId(1)));
    reader.press("j");
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
    assert_eq!(stored(&reader), []);
}

#[test]
fn opening_marks_as_read_but_not_by_hand() {
    let mut reader = Reader::new(120, 30);
    reader.press("enter");
    assert_eq!(reader.app.focus(), Pane::Reader);
    assert_eq!(stored(&reader), [(ArticleId(1), Some(true), None, false)]);
    assert_eq!(reader.app.list.unread, 2);
}

#[test]
fn every_mark_is_undone_and_done_again() {
    let mut reader = Reader::new(120, 30);
    reader.press("* j m");
    assert!(reader.app.list.row(ArticleId(1)).unwrap().starred);
    assert!(reader.app.list.row(ArticleId(2)).unwrap().read);
    reader.press("u u");
    assert!(!reader.app.list.row(ArticleId(1)).unwrap().starred);
    assert!(!reader.app.list.row(ArticleId(2)).unwrap().read);
    reader.press("ctrl-r");
    assert!(reader.app.list.row(ArticleId(1)).unwrap().starred);
    assert!(stored(&reader).iter().all(|(_, _, _, by_hand)| *by_hand));
}

#[test]
fn all_read_is_undone_at_once() {
    let mut reader = Reader::new(120, 30);
    reader.press("A");
    assert_eq!(reader.app.list.unread, 0);
    reader.press("u");
    assert_eq!(reader.app.list.unread, 3);
}

#[test]
fn undo_says_what_it_takes_back() {
    let mut reader = Reader::new(120, 30);
    let said = |reader: &Reader| reader.app.notice.as_ref().map_or(String::new(), |n| n.text.clone());
    reader.press("* u");
    assert_eq!(said(&reader), "Stern von „Brücke nach Sturm gesperrt“ zurückgenommen");
    reader.press("ctrl-r");
    assert_eq!(said(&reader), "Stern von „Brücke nach Sturm gesperrt“ wieder gesetzt");
    reader.press("u u");
    assert_eq!(said(&reader), "Nichts rückgängig zu machen");
}

#[test]
fn a_folder_opens_as_a_list_and_esc_returns_to_it() {
    let mut reader = Reader::new(120, 30);
    reader.press("*");
    assert_eq!(reader.app.list.selected_id(), Some(ArticleId(1)), "a new folder moves nothing");
    reader.press("k");
    assert_eq!(reader.app.list.selected_folder().map(|f| f.count), Some(Some(1)));
    reader.press("enter");
    assert_eq!(reader.app.list.view.filter, Filter::Starred);
    assert_eq!((reader.app.list.ids().len(), reader.app.list.folders().len()), (1, 0));
    reader.press("esc");
    assert_eq!(reader.app.list.view.filter, Filter::All);
    assert!(reader.app.list.selected_folder().is_some(), "the folder one came from");
}

#[test]
fn a_list_is_gathered_and_its_heads_are_jumped_among() {
    let mut reader = Reader::new(120, 30);
    reader.press("B B B");
    assert_eq!(reader.app.list.heads().len(), 2);
    let kept = Effect::Setting { name: "list.gathering", value: "story".to_owned() };
    assert!(reader.seen.contains(&kept), "the choice is kept");
    reader.press("J");
    assert_eq!(reader.app.list.selected_id(), Some(ArticleId(3)));
    reader.press("K");
    assert_eq!(reader.app.list.selected_id(), Some(ArticleId(1)));
}

#[test]
fn a_query_makes_relevance_an_order_and_goes_with_it() {
    let mut reader = Reader::new(120, 30);
    reader.press("O O O O");
    assert_eq!(reader.app.list.view.sort, Sort::Date, "without a query there is nothing to be relevant to");
    reader.press("f").type_text("brücke").press("enter O O O O");
    assert_eq!(reader.app.list.view.sort, Sort::Relevance);
    reader.press("esc");
    assert_eq!(reader.app.list.view.sort, Sort::Date);
}

fn notes(reader: &Reader) -> Vec<(String, String)> {
    let article = reader.app.reader.article().unwrap();
    article.notes.iter().map(|n| (n.words.clone(), n.text.clone())).collect()
}

#[test]
fn sentences_are_chosen_highlighted_and_the_highlight_undone() {
    let mut reader = Reader::new(120, 30);
    reader.press("enter v down v down enter");
    let words = "Die Elbbrücke bei Wittenberge ist seit Montag für den Verkehr gesperrt.\n\n\
                 Nach dem Sturm fanden Prüfer zwölf Risse in den Pfeilern.";
    assert_eq!(notes(&reader), [(words.to_owned(), String::new())]);
    assert!(!reader.app.reader.is_choosing());
    reader.press("u");
    assert_eq!(notes(&reader), []);
    assert!(reader.app.notice.as_ref().unwrap().text.contains("Notiz"));
}

#[test]
fn a_note_is_written_found_again_changed_and_deleted() {
    let mut reader = Reader::new(120, 30);
    reader.press("enter v down a").type_text("Stimmt das?").press("enter");
    assert_eq!(notes(&reader)[0].1, "Stimmt das?");
    reader.press("g J a").type_text(" Ja").press("enter");
    assert_eq!(notes(&reader), [(notes(&reader)[0].0.clone(), "Stimmt das? Ja".to_owned())]);
    reader.press("e G");
    assert!(matches!(reader.app.panel.selected_row(), Some(lesart::app::panel::PanelRow::Note(0))));
    reader.press("enter d");
    assert_eq!(notes(&reader), []);
    reader.press("u");
    assert_eq!(notes(&reader)[0].1, "Stimmt das? Ja");
}

#[test]
fn a_chosen_passage_is_copied_with_its_source() {
    let mut reader = Reader::new(120, 30);
    reader.press("enter v down down y");
    let copied = reader.seen.iter().find_map(|e| match e {
        Effect::Shell(ShellRequest::Copy(text)) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(copied.starts_with("Nach dem Sturm fanden Prüfer") && copied.contains("Tagesblatt"), "{copied}");
}

#[test]
fn tags_are_put_on_all_marked_articles_and_taken_away() {
    let mut reader = Reader::new(120, 30);
    reader.press("x j x T").type_text("verkehr, Elbe").press("enter");
    for id in [1, 2] {
        assert_eq!(reader.app.list.row(ArticleId(id)).unwrap().tags, ["Elbe", "verkehr"]);
    }
    reader.press("T ctrl-u").type_text("elbe").press("enter");
    assert_eq!(reader.app.list.row(ArticleId(1)).unwrap().tags, ["Elbe"]);
    reader.press("u");
    assert_eq!(reader.app.list.row(ArticleId(2)).unwrap().tags, ["Elbe", "verkehr"]);
}

#[test]
fn a_known_tag_is_completed() {
    let mut reader = Reader::new(120, 30);
    reader.press("T").type_text("Verkehr").press("enter j T").type_text("vk").press("tab enter");
    assert_eq!(reader.app.list.row(ArticleId(2)).unwrap().tags, ["Verkehr"]);
}

#[test]
fn search_finds_while_typing_and_enter_lands_on_the_passage() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse");
    assert_eq!(reader.app.finder.hits.len(), 2);
    reader.press("down enter");
    assert_eq!(reader.app.screen(), Screen::Article);
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
    let (matches, current) = reader.app.reader.matches();
    let text = &reader.app.reader.article().unwrap().draft.text;
    assert_eq!(matches[current].of(text), "Risse");
}

#[test]
fn next_goes_on_to_the_next_article_with_a_hit() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("enter n");
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
    reader.press("N");
    assert_eq!(reader.app.reader.id(), Some(ArticleId(1)));
}

#[test]
fn letters_are_text_in_the_search_box() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("q? c");
    assert_eq!(reader.app.finder.line.text(), "q? c");
    assert_eq!(reader.app.screen(), Screen::Search);
    reader.press("esc");
    assert_eq!(reader.app.screen(), Screen::Main);
}

#[test]
fn a_cell_of_the_comparison_opens_its_sentence_and_back_returns_to_it() {
    let mut reader = Reader::new(120, 30);
    reader.press("c j right");
    let (row, column) = (reader.app.comparing.selected(), reader.app.comparing.column());
    reader.press("enter");
    assert_eq!(reader.app.screen(), Screen::Article);
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
    assert!(!reader.app.reader.lights().is_empty(), "the sentence is lit");
    reader.press("esc");
    assert_eq!(reader.app.screen(), Screen::Comparison);
    assert_eq!((reader.app.comparing.selected(), reader.app.comparing.column()), (row, column));
}

#[test]
fn numbers_change_the_view_of_the_comparison() {
    let mut reader = Reader::new(120, 30);
    reader.press("c 2");
    assert_eq!(reader.app.comparing.view(), SheetView::Words);
    reader.press("4");
    assert_eq!(reader.app.comparing.view(), SheetView::Only);
    assert_eq!(reader.app.comparing.rows().len(), 2);
}

#[test]
fn next_jumps_among_differences_in_the_comparison() {
    let mut reader = Reader::new(120, 30);
    reader.press("c G N");
    assert_eq!(reader.app.comparing.selected(), 0);
    reader.press("n");
    assert_eq!(reader.app.comparing.selected(), 0, "there is no further one");
    assert!(reader.app.notice.is_some());
}

#[test]
fn an_article_outside_the_story_is_no_column_until_asked_for() {
    let mut reader = Reader::new(120, 30);
    reader.press("c");
    assert_eq!(reader.app.comparing.columns(), [0, 1]);
    reader.press("v");
    let forced = reader.seen.iter().any(|e| matches!(e, Effect::Compare { force: true, .. }));
    assert!(forced);
}

#[test]
fn an_entity_is_lit_and_then_lists_its_articles() {
    let mut reader = Reader::new(120, 30);
    reader.press("e enter");
    assert_eq!(reader.app.reader.lit(), Some(0));
    reader.press("enter");
    let wanted = Filter::Entity { kind: EntityKind::Person, canonical: "Anna Berg".to_owned() };
    assert_eq!(reader.app.list.view.filter, wanted);
    reader.press("esc");
    assert_eq!(reader.app.list.view.filter, Filter::All);
}

#[test]
fn the_place_survives_a_resize() {
    let mut reader = Reader::new(60, 10);
    reader.press("enter space");
    let place = reader.app.reader.place();
    assert!(place > 0);
    reader.resize(45, 10).resize(60, 10);
    assert!(reader.app.reader.place().abs_diff(place) < 60);
}

#[test]
fn space_at_the_end_goes_to_the_next_article() {
    let mut reader = Reader::new(120, 40);
    reader.press("enter space");
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
}

#[test]
fn the_list_is_filtered_while_typing() {
    let mut reader = Reader::new(120, 30);
    reader.press("f").type_text("fähre");
    assert_eq!(reader.app.list.ids(), [ArticleId(3)]);
    reader.press("enter");
    assert_eq!(reader.app.list.len(), 1);
    reader.press("esc");
    assert_eq!(reader.app.list.len(), 3);
}

#[test]
fn find_walks_the_matches_of_the_article() {
    let mut reader = Reader::new(120, 30);
    reader.press("enter f").type_text("brucke");
    assert_eq!(reader.app.reader.matches().0.len(), 2, "umlauts are folded");
    reader.press("enter n");
    assert_eq!(reader.app.reader.matches().1, 1);
}

#[test]
fn copy_names_the_source() {
    let mut reader = Reader::new(120, 30);
    reader.press("c enter y");
    let copied = reader.seen.iter().find_map(|e| match e {
        Effect::Shell(ShellRequest::Copy(text)) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("something was copied");
    assert!(copied.starts_with("Nach dem Sturm fanden"), "{copied}");
    assert!(copied.contains("Tagesblatt"), "{copied}");
}

#[test]
fn the_palette_runs_a_command() {
    let mut reader = Reader::new(120, 30);
    reader.press("ctrl-p").type_text("vergleichen").press("enter");
    assert_eq!(reader.app.screen(), Screen::Comparison);
}

#[test]
fn help_is_searched() {
    let mut reader = Reader::new(120, 30);
    reader.press("?").type_text("rückgängig");
    let Some(lesart::app::Overlay::Help(help)) = &reader.app.overlay else { panic!("help is open") };
    assert_eq!(help.rows().len(), 2, "a heading and the one entry");
}

#[test]
fn escape_leads_out_of_every_level_and_ends_at_the_top() {
    let mut reader = Reader::new(120, 30);
    reader.press("c enter e");
    for _ in 0..6 {
        assert!(!reader.app.wants_quit() || reader.app.screen() == Screen::Main);
        reader.press("q");
    }
    assert!(reader.app.wants_quit());
}

#[test]
fn a_late_answer_is_dropped() {
    let mut reader = Reader::new(120, 30);
    let old = reader.seen.iter().find_map(|e| match e {
        Effect::Open { ticket, .. } => Some(*ticket),
        _ => None,
    });
    reader.press("j");
    let first = reader.articles[0].clone();
    reader.app.receive(lesart::app::effect::Reply::Opened {
        ticket: old.expect("the first article was opened"),
        article: Box::new(first.article),
        analysis: Box::new(first.analysis),
        coverage: Vec::new(),
        covered: Vec::new(),
    });
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
}

#[test]
fn the_picker_goes_to_sources_tags_and_stories() {
    let mut reader = Reader::new(120, 30);
    for (typed, filter) in [
        ("tagesbl", Filter::Source("Tagesblatt".to_owned())),
        ("#brück", Filter::Tagged("Brücken".to_owned())),
        ("thema:sturm", Filter::Story(lesart::model::StoryId(1))),
        ("person:berg", Filter::Entity { kind: EntityKind::Person, canonical: "Anna Berg".to_owned() }),
    ] {
        reader.press("ctrl-p").type_text(typed).press("enter");
        assert_eq!(reader.app.list.view.filter, filter, "{typed}");
        assert!(reader.app.overlay.is_none());
    }
}

#[test]
fn the_picker_opens_a_headline() {
    let mut reader = Reader::new(120, 30);
    reader.press("ctrl-p").type_text("pendler").press("enter");
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
    assert_eq!(reader.app.focus(), Pane::Reader);
}

#[test]
fn what_nothing_is_called_can_be_searched_for_from_the_picker() {
    let mut reader = Reader::new(120, 30);
    reader.press("ctrl-p").type_text("umleitung").press("enter");
    assert_eq!(reader.app.screen(), Screen::Search);
    assert_eq!(reader.app.finder.line.text(), "umleitung");
    assert_eq!(reader.app.finder.hits.len(), 1);
}

#[test]
fn enter_in_the_picker_waits_for_what_fits_the_last_letter() {
    let mut reader = Reader::new(120, 30);
    reader.press("ctrl-p");
    // Typed faster than answers come.
    for chord in "pendler".chars().map(Chord::char) {
        let effects = reader.app.key(chord);
        reader.open = effects;
    }
    let last = std::mem::take(&mut reader.open);
    reader.press("enter");
    assert!(reader.app.overlay.is_some());
    reader.open = last;
    reader.settle();
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
}

/// The import asked for and how far it is said to be.
fn progressed(reader: &mut Reader, added: u32) {
    let import = reader.seen.iter().rev().find_map(|e| match e {
        Effect::Import { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let progress =
        Progress { files: 3, of: 9, added, refused: 1, bytes: 1, of_bytes: 3, ..Progress::default() };
    let reply = Reply::Progress { ticket: import.unwrap(), progress: Box::new(progress) };
    let effects = reader.app.receive(reply);
    reader.seen.extend(effects.iter().cloned());
    reader.open.extend(effects);
    reader.settle();
}

fn lists(reader: &Reader) -> usize {
    reader.seen.iter().filter(|e| matches!(e, Effect::List { .. })).count()
}

#[test]
fn an_import_is_watched_left_to_itself_and_stopped() {
    let mut reader = Reader::new(120, 30);
    reader.imports = None;
    reader.press("i").type_text("~/news").press("enter");
    assert!(matches!(reader.app.overlay, Some(Overlay::Importing)));
    progressed(&mut reader, 200);
    let before = lists(&reader);
    progressed(&mut reader, 210);
    assert_eq!(lists(&reader), before, "the list is not asked for at every step");
    progressed(&mut reader, 400);
    assert_eq!(lists(&reader), before + 1, "new articles show as they come");
    reader.press("esc j");
    assert!(reader.app.overlay.is_none(), "the list is used meanwhile");
    assert_eq!(reader.app.list.selected_id(), Some(ArticleId(2)));
    reader.press("i x");
    assert!(reader.seen.iter().any(|e| matches!(e, Effect::CancelImport { .. })));
}

#[test]
fn refused_files_are_listed_with_their_reasons() {
    let mut reader = Reader::new(80, 24);
    reader.imports = Some(refused());
    reader.press("i").type_text("news").press("enter");
    let Some(Overlay::Report(report)) = &reader.app.overlay else { panic!("the report shows") };
    assert!(report.lines().len() > 40);
    reader.press("G");
    let Some(Overlay::Report(report)) = &reader.app.overlay else { panic!("it still shows") };
    assert!(report.offset() > 0);
    reader.press("esc");
    assert!(reader.app.overlay.is_none());
}

#[test]
fn what_another_program_adds_shows_by_itself() {
    let mut reader = Reader::new(120, 30);
    reader.press("j");
    let before = lists(&reader);
    let effects = reader.app.receive(Reply::Elsewhere { added: 12 });
    reader.seen.extend(effects.iter().cloned());
    reader.open.extend(effects);
    reader.settle();
    assert_eq!(reader.app.notice.as_ref().unwrap().text, "12 neue Artikel");
    assert_eq!(lists(&reader), before + 1);
    assert_eq!(reader.app.list.selected_id(), Some(ArticleId(2)), "what is selected stays selected");
}

#[test]
fn the_search_comes_back_as_it_was_left() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("down esc / ");
    assert_eq!(reader.app.finder.line.text(), "risse");
    assert_eq!(reader.app.finder.hits.selected(), 1);
}

#[test]
fn the_first_letter_replaces_the_words_of_the_search_before() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("esc /");
    assert!(reader.app.finder.line.is_selected());
    reader.type_text("be");
    assert_eq!(reader.app.finder.line.text(), "be");
    reader.press("esc / end").type_text("rg");
    assert_eq!(reader.app.finder.line.text(), "berg");
    reader.press("esc / backspace");
    assert_eq!(reader.app.finder.line.text(), "ber");
    reader.press("esc / ctrl-u").type_text("risse").press("esc / down enter");
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)), "moving and Enter go on with what was found");
    // The same from an article that the search led to.
    reader.press("/").type_text("fähre");
    assert_eq!(reader.app.finder.line.text(), "fähre");
    reader.press("esc /").app.paste("risse");
    assert_eq!(reader.app.finder.line.text(), "risse", "what is pasted replaces them too");
}

#[test]
fn earlier_searches_are_recalled_and_picked() {
    let mut reader = Reader::new(120, 30);
    reader
        .press("/")
        .type_text("risse")
        .press("enter esc ctrl-u")
        .type_text("berg")
        .press("enter esc ctrl-u");
    reader.press("esc / up");
    assert_eq!(reader.app.finder.line.text(), "berg");
    reader.press("up");
    assert_eq!(reader.app.finder.line.text(), "risse");
    reader.press("ctrl-u down down enter");
    assert_eq!(reader.app.finder.line.text(), "risse");
    assert_eq!(reader.app.finder.hits.len(), 2);
}

#[test]
fn the_keys_of_the_search_work_among_its_hits_and_the_help_lists_them() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("tab ctrl-x");
    assert!(reader.app.finder.exactly && reader.app.finder.in_hits);
    reader.press("O ctrl-t");
    assert!(reader.app.finder.by_date);
    assert_eq!(reader.app.finder.scope, SearchScope::Source("Tagesblatt".to_owned()));
    reader.press("ctrl-g");
    assert!(matches!(reader.app.overlay, Some(Overlay::Report(_))));
    reader.press("esc ctrl-y enter ?");
    assert_eq!(reader.saved.len(), 1);
    let Some(Overlay::Help(help)) = &reader.app.overlay else { panic!("help is open") };
    let listed: Vec<Action> = help
        .rows()
        .iter()
        .filter_map(|row| match row {
            HelpRow::Entry { action, .. } => Some(*action),
            HelpRow::Heading(_) => None,
        })
        .collect();
    for action in [
        Action::Exactly,
        Action::Order,
        Action::SearchScope,
        Action::SaveSearch,
        Action::HowRead,
        Action::Find,
    ] {
        assert!(listed.contains(&action), "{action:?}");
    }
    assert!(!listed.contains(&Action::Gather), "it does nothing among hits");
}

#[test]
fn saved_searches_stand_below_the_empty_line_and_are_made_again() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("ctrl-o ctrl-y ctrl-u").type_text("Brücken").press("enter");
    reader.press("enter esc ctrl-o ctrl-u").type_text("berg").press("enter esc ctrl-u");
    let offers = reader.app.offers();
    assert!(matches!(offers[0], Offer::Saved(saved, Some(1)) if saved.name == "Brücken"), "{offers:?}");
    assert_eq!(offers[1..], [Offer::Earlier("berg"), Offer::Earlier("risse")]);
    reader.press("down down down down up up enter");
    assert_eq!(reader.app.finder.line.text(), "risse");
    assert!(reader.app.finder.by_date, "in the order it was saved with");
    assert_eq!(reader.app.finder.hits.len(), 2);
    reader.press("ctrl-u down down enter");
    assert_eq!(reader.app.finder.line.text(), "berg");
}

#[test]
fn saved_searches_are_counted_without_a_mark_being_made() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("ctrl-y enter esc");
    let counted =
        |reader: &Reader| reader.seen.iter().filter(|e| matches!(e, Effect::Folders { .. })).count();
    let before = counted(&reader);
    let summary = reader.app.summary.clone();
    let effects = reader.app.receive(Reply::Changed { summary });
    reader.seen.extend(effects.iter().cloned());
    reader.open.extend(effects);
    reader.settle();
    assert_eq!(counted(&reader), before + 1, "the library has changed");
}

#[test]
fn a_saved_search_stands_above_the_list_is_renamed_and_deleted() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("ctrl-y ctrl-u").type_text("Brücken").press("enter esc g");
    let name = |reader: &Reader| match reader.app.list.selected_folder().map(|f| f.place.clone()) {
        Some(FolderPlace::Saved(saved)) => saved.name,
        _ => String::new(),
    };
    assert_eq!(name(&reader), "Brücken");
    reader.press("enter");
    assert_eq!((reader.app.list.ids().len(), reader.app.list.name.as_deref()), (2, Some("Brücken")));
    reader.press("esc R ctrl-u").type_text("Elbe").press("enter");
    assert_eq!(reader.saved[0].name, "Elbe");
    reader.press("g d");
    assert_eq!(reader.saved.len(), 0);
    reader.press("u");
    assert_eq!(reader.saved[0].query, "risse");
}

#[test]
fn a_search_is_narrowed_to_outlet_story_and_article() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("ctrl-t ctrl-t ctrl-t ctrl-t");
    let scopes: Vec<SearchScope> = reader
        .seen
        .iter()
        .filter_map(|e| match e {
            Effect::Search { scope, .. } => Some(scope.clone()),
            _ => None,
        })
        .collect();
    let wanted = [
        SearchScope::Source("Tagesblatt".to_owned()),
        SearchScope::Story(lesart::model::StoryId(1)),
        SearchScope::Article(ArticleId(1)),
        SearchScope::Everything,
    ];
    assert_eq!(scopes[scopes.len() - 4..], wanted);
}

#[test]
fn a_saved_search_keeps_its_scope() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("ctrl-t ctrl-y enter");
    assert_eq!(reader.saved[0].query, "source:\"Tagesblatt\" risse");
    reader.press("ctrl-t ctrl-y ctrl-u").type_text("Ereignis").press("enter");
    assert!(reader.saved.iter().any(|s| s.query == "story:1 risse"));
}

#[test]
fn how_a_query_was_read_is_shown_and_words_that_stand_nowhere_are_named() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("ctrl-g");
    let Some(Overlay::Report(report)) = &reader.app.overlay else { panic!("the reading shows") };
    assert!(report.lines()[0].text.starts_with("risse"));
    reader.press("esc ctrl-u").type_text("kobold");
    assert_eq!(reader.app.finder.missing_words, ["kobold"]);
    assert!(reader.app.overlay.is_none());
}

#[test]
fn a_part_of_an_answer_shows_until_the_whole_comes() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse");
    let ticket = reader.seen.iter().rev().find_map(|e| match e {
        Effect::Search { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let answer = Box::new(reader.app.finder.answer.clone().unwrap());
    let ids = reader.app.finder.hits.ids().to_vec();
    reader.press("down");
    let stale = Reply::Found { ticket: ticket.unwrap(), answer, ids, rows: Vec::new(), is_complete: false };
    reader.app.receive(stale);
    assert!(!reader.app.finder.is_partial, "the whole has come already");
    assert_eq!(reader.app.finder.hits.selected(), 1);
}

/// A search whose answer has numbers only, no rows and no passages.
fn bare_hits(reader: &mut Reader) {
    reader.press("/").type_text("risse");
    let last = reader.app.key(Chord::plain(Key::Backspace));
    let Some(Effect::Search { ticket, .. }) = last.first() else { panic!("it searches") };
    let answer = SearchAnswer { total: 3, searched: 3, ..SearchAnswer::default() };
    let ids = [1, 2, 3].map(ArticleId).to_vec();
    let reply =
        Reply::Found { ticket: *ticket, answer: Box::new(answer), ids, rows: Vec::new(), is_complete: true };
    let effects = reader.app.receive(reply);
    reader.seen.extend(effects.iter().cloned());
    reader.open.extend(effects);
}

#[test]
fn hits_without_passages_are_asked_for_once() {
    let mut reader = Reader::new(120, 30);
    bare_hits(&mut reader);
    reader.settle();
    for _ in 0..5 {
        reader.press("down up");
    }
    let asked = reader.seen.iter().filter(|e| matches!(e, Effect::Light { .. })).count();
    assert_eq!(asked, 1);
    assert!(!reader.app.is_waiting(), "an answer without passages ends the waiting");
    let (hit, row) = reader.app.finder.hits.selected_hit().unwrap();
    assert!(!hit.snippets.is_empty() && !row.title.is_empty());
}

#[test]
fn enter_on_a_hit_that_is_not_here_yet_waits_for_it() {
    let mut reader = Reader::new(120, 30);
    bare_hits(&mut reader);
    let effects = reader.app.key(Chord::plain(Key::Enter));
    assert_eq!(reader.app.screen(), Screen::Search);
    reader.open.extend(effects);
    reader.settle();
    assert_eq!(reader.app.screen(), Screen::Article);
    assert!(!reader.app.reader.matches().0.is_empty(), "it opens at its match");
    reader.press("n n n n");
    assert_eq!(reader.app.reader.id(), Some(ArticleId(3)), "n walks on through the hits");
}

#[test]
fn the_search_comes_back_with_the_same_hit() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("down esc");
    let kept = reader.seen.iter().find_map(|e| match e {
        Effect::Setting { name: "search.last", value } => Some(value.clone()),
        _ => None,
    });
    assert_eq!(kept.as_deref(), Some("0 0 2 risse"));
    reader.press("/");
    assert_eq!(reader.app.finder.line.text(), "risse");
    assert_eq!(reader.app.finder.hits.selected(), 1, "the second hit is selected again");
    // The same after a new start.
    let mut next = Reader::new(120, 30);
    next.app.finder.resume(&kept.unwrap());
    next.press("/");
    assert_eq!((next.app.finder.hits.len(), next.app.finder.hits.selected()), (2, 1));
}

#[test]
fn enter_in_the_search_waits_for_the_last_letter() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse");
    let effects = reader.app.key(Chord::plain(Key::Backspace));
    reader.press("enter");
    assert_eq!(reader.app.screen(), Screen::Search);
    reader.open = effects;
    reader.settle();
    assert_eq!(reader.app.screen(), Screen::Article);
}

#[test]
fn a_phrase_is_searched_before_it_is_closed() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("\"zwölf");
    assert!(reader.app.finder.is_unfinished);
    assert_eq!(reader.app.finder.mistake.as_ref().map(|(column, _)| *column), Some(1));
    let asked = reader.seen.iter().rev().find_map(|e| match e {
        Effect::Search { query, .. } => Some(query.clone()),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("\"zwölf\""));
}

#[test]
fn order_is_asked_for_and_keeps_the_hit() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("risse").press("ctrl-o");
    assert!(reader.seen.iter().any(|e| matches!(e, Effect::Search { by_date: true, .. })));
    assert_eq!(reader.app.finder.hits.selected_hit().map(|(hit, _)| hit.id), Some(ArticleId(1)));
}

#[test]
fn a_key_walks_the_matches_from_the_search_line() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("brücke").press("f3");
    assert_eq!(reader.app.finder.passage.matches().1, 1);
    reader.press("f3 f3 f3 f3");
    assert!(reader.app.finder.hits.selected() > 0, "on to the next hit");
    assert_eq!(reader.app.finder.line.text(), "brücke");
}

fn corrections(reader: &Reader) -> Vec<(ArticleId, Field, Option<FieldValue>)> {
    let changes = reader.seen.iter().flat_map(|effect| match effect {
        Effect::Store { changes, by_hand: true } => changes.clone(),
        _ => Vec::new(),
    });
    changes
        .filter_map(|change| match change {
            Change::Correct { article, field, to } => Some((article, field, to)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_date_is_corrected_in_the_form_and_taken_back() {
    let mut reader = Reader::new(120, 30);
    reader.press("j j E down down").type_text("18.9.2015").press("enter");
    let day = FieldValue::Date(Published::Day(date(2015, 9, 18)));
    assert_eq!(corrections(&reader), [(ArticleId(3), Field::Date, Some(day))]);
    assert!(reader.app.overlay.is_none());
    let row = |reader: &Reader| reader.app.list.row(ArticleId(3)).unwrap().published;
    assert_eq!(row(&reader), Published::Day(date(2015, 9, 18)));
    reader.press("u");
    assert_eq!(row(&reader), Published::Unknown);
    let said = reader.app.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(said.starts_with("Berichtigung von"), "{said}");
    reader.press("ctrl-r");
    assert_eq!(row(&reader), Published::Day(date(2015, 9, 18)));
}

#[test]
fn several_fields_are_one_step_and_a_mistake_changes_nothing() {
    let mut reader = Reader::new(120, 30);
    reader.press("enter E ctrl-u").type_text("Brücke zu").press("tab ctrl-u").type_text("Der Bote");
    reader.press("tab ctrl-u").type_text("31.2.2020").press("enter");
    assert!(matches!(reader.app.overlay, Some(Overlay::Details(_))), "the form stays open");
    assert_eq!(corrections(&reader), []);
    reader.press("ctrl-u").type_text("?").press("enter");
    let fields: Vec<Field> = corrections(&reader).into_iter().map(|(_, field, _)| field).collect();
    assert_eq!(fields, [Field::Title, Field::Source, Field::Date]);
    let article = reader.app.reader.article().unwrap();
    assert_eq!((article.draft.title.text.as_str(), article.corrected.len()), ("Brücke zu", 3));
    reader.press("u");
    assert_eq!(reader.app.reader.article().unwrap().corrected, []);
}

#[test]
fn the_form_is_left_without_a_change() {
    let mut reader = Reader::new(120, 30);
    reader.press("E").type_text(" und mehr").press("esc E enter");
    assert_eq!(corrections(&reader), []);
    assert!(reader.app.overlay.is_none());
    reader.press("E down down down ctrl-u backspace backspace");
    assert!(reader.app.overlay.is_some(), "rubbing out in an empty field leaves it open");
}

#[test]
fn what_changed_is_shown_and_gone_through() {
    let mut reader = with_versions(120, 30);
    reader.press("enter V");
    assert_eq!(reader.app.screen(), Screen::Versions);
    let text = |reader: &Reader| reader.app.versions.reader.article().unwrap().draft.text.clone();
    assert!(text(&reader).contains("[-Spalten-] {+Risse+}"), "{}", text(&reader));
    reader.press("K");
    assert!(text(&reader).contains("[-neun Risse-] {+zwölf Spalten+}"), "{}", text(&reader));
    assert_eq!(reader.app.versions.newer().number, 2);
    reader.press("n");
    assert_eq!(reader.app.versions.reader.matches().1, 1);
    reader.press("n");
    assert_eq!(reader.app.notice.as_ref().unwrap().text, "Keine weitere Änderung");
    reader.press("N J");
    assert_eq!(reader.app.versions.newer().number, 3);
    reader.press("J");
    assert_eq!(reader.app.notice.as_ref().unwrap().text, "Keine weitere Fassung");
    reader.press("V");
    assert_eq!((reader.app.screen(), reader.app.focus()), (Screen::Main, Pane::Reader));
}

#[test]
fn an_article_with_one_version_says_so() {
    let mut reader = Reader::new(120, 30);
    reader.press("V");
    assert_eq!(reader.app.screen(), Screen::Main);
    assert_eq!(reader.app.notice.as_ref().unwrap().text, "Von diesem Artikel gibt es nur eine Fassung");
}

#[test]
fn the_last_line_shows_keys_from_the_start() {
    let reader = Reader::new(120, 30);
    assert!(reader.app.notice.is_none());
}

#[test]
fn what_was_refused_is_searched_while_the_import_goes_on_and_after_it() {
    let mut reader = Reader::new(120, 40);
    reader.imports = None;
    reader.press("i").type_text("news").press("enter f");
    assert!(matches!(reader.app.overlay, Some(Overlay::Importing)), "nothing was refused yet");
    let latest_refused = refused().refused;
    reader.app.progress = Some(Progress { refused: 25, latest_refused, ..Progress::default() });
    reader.press("f f").type_text("021");
    let lines = |reader: &Reader| -> Vec<String> {
        let Some(Overlay::Report(report)) = &reader.app.overlay else { panic!("the list shows") };
        report.lines().iter().map(|line| line.text.clone()).collect()
    };
    assert_eq!(lines(&reader), ["archiv/021.txt", "leer"], "a file comes with its reason");
    reader.press("enter down esc i");
    assert!(matches!(reader.app.overlay, Some(Overlay::Importing)), "the import goes on");
    reader.press("f f").type_text("textdatei").press("esc");
    assert_eq!(lines(&reader).len(), 50, "all again");
}

/// Presses a key whose answer comes later.
fn press_unanswered(reader: &mut Reader, key: char) -> Vec<Effect> {
    let asked = reader.app.key(Chord::char(key));
    reader.seen.extend(asked.iter().cloned());
    asked
}

#[test]
fn versions_that_come_late_lead_nowhere() {
    let mut reader = with_versions(120, 30);
    reader.press("enter");
    let late = press_unanswered(&mut reader, 'V');
    reader.press("esc").open.extend(late);
    reader.settle();
    assert_eq!(reader.app.screen(), Screen::Main, "the article was left");
    let late = press_unanswered(&mut reader, 'V');
    reader.press("j").open.extend(late);
    reader.settle();
    assert_eq!(reader.app.screen(), Screen::Main, "another article is at hand");
    reader.press("k V");
    assert_eq!(reader.app.screen(), Screen::Versions);
    let late = press_unanswered(&mut reader, 'K');
    reader.press("esc").open.extend(late);
    reader.settle();
    assert_eq!(reader.app.screen(), Screen::Main, "the versions were left");
}

#[test]
fn the_first_versions_begin_with_the_headline() {
    let mut reader = with_versions(120, 14);
    reader.press("enter V");
    let shown = &reader.app.versions.reader;
    assert!(!shown.at_end(), "the text is longer than the pane");
    assert_eq!(shown.top(), Row::default());
}

#[test]
fn all_of_the_change_one_stands_on_is_lit() {
    let mut reader = with_versions(120, 30);
    reader.press("enter V");
    let shown = &reader.app.versions.reader;
    let text = &shown.article().unwrap().draft.text;
    let (span, light) = shown.lights().pop().unwrap();
    assert_eq!((span.of(text), light), ("[-Spalten-] {+Risse+}", Light::Current), "it covers the others");
}

#[test]
fn versions_reached_from_a_hit_open_their_page() {
    let mut reader = with_versions(120, 30);
    for version in &mut reader.versions {
        version.draft.url = Some("https://example.org/bruecke".to_owned());
    }
    reader.press("/").type_text("riss").press("tab V o");
    assert_eq!(reader.app.screen(), Screen::Versions);
    let opened = Effect::Shell(ShellRequest::OpenLink("https://example.org/bruecke".to_owned()));
    assert!(reader.seen.contains(&opened));
}

#[test]
fn a_correction_shows_beside_the_hits_and_in_the_comparison() {
    let mut reader = Reader::new(120, 30);
    reader.press("/").type_text("riss").press("tab E down ctrl-u").type_text("Der Bote").press("enter");
    let label = |source: &Source| source.label().unwrap_or_default().to_owned();
    let beside = |reader: &Reader| {
        let row = reader.app.finder.hits.row(ArticleId(1)).unwrap();
        (label(&reader.app.finder.passage.article().unwrap().draft.source), label(&row.source))
    };
    assert_eq!(beside(&reader), ("Der Bote".to_owned(), "Der Bote".to_owned()));
    reader.press("u");
    assert_eq!(beside(&reader), ("Tagesblatt".to_owned(), "Tagesblatt".to_owned()));
    reader.press("esc esc esc c E down ctrl-u").type_text("Das Echo").press("enter");
    assert_eq!(reader.app.screen(), Screen::Comparison);
    let (id, ..) = corrections(&reader).pop().unwrap();
    let compared = |reader: &Reader| {
        let found = reader.app.comparing.articles().iter().find(|a| a.article.id == id).unwrap();
        (label(&found.article.draft.source), found.article.corrected.len())
    };
    assert_eq!(compared(&reader), ("Das Echo".to_owned(), 1));
    reader.press("u");
    assert_eq!(compared(&reader), ("Tagesblatt".to_owned(), 0));
}

#[test]
fn the_same_in_other_letters_is_not_called_a_correction() {
    let mut reader = Reader::new(120, 30);
    reader.press("enter E down down ctrl-u").type_text("2026-03-09").press("enter");
    assert!(reader.app.overlay.is_none());
    assert_eq!(corrections(&reader), []);
    assert!(reader.app.notice.is_none());
}

#[test]
fn the_form_says_where_its_article_is_on_the_way() {
    let mut reader = Reader::new(120, 30);
    let late = press_unanswered(&mut reader, 'j');
    reader.app.key(Chord::char('E'));
    assert_eq!(reader.app.notice.as_ref().unwrap().text, "Lädt …");
    reader.open.extend(late);
    reader.settle();
    reader.press("E");
    assert!(matches!(reader.app.overlay, Some(Overlay::Details(_))));
}

#[test]
fn what_changes_meanwhile_keeps_no_article_from_opening() {
    let mut reader = Reader::new(120, 30);
    let late = press_unanswered(&mut reader, 'j');
    let meanwhile = reader.app.receive(Reply::Changed { summary: reader.app.summary.clone() });
    reader.open.extend(late.into_iter().chain(meanwhile));
    reader.settle();
    assert_eq!(reader.app.reader.id(), Some(ArticleId(2)));
}
