//! Web pages with what outlets put around their articles: the article is left, and what it states.

use lesart::ingest::{self, Hint};
use lesart::model::{Language, ParagraphKind};

const PAGE: &str = r#"<!DOCTYPE html><html lang="de"><head>
<title>Rat beschließt neue Brücke - Uferbote</title>
<meta property="og:title" content="Rat beschließt neue Brücke - Uferbote">
<meta property="og:site_name" content="Uferbote">
<meta property="og:description" content="Nach zwölf Jahren Streit entscheidet sich der Rat für den größeren Entwurf.">
<link rel="canonical" href="https://www.uferbote.example/lokales/bruecke">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle",
 "headline":"Rat beschließt neue Brücke","datePublished":"2021-05-07T10:15:00+02:00",
 "author":[{"@type":"Person","name":"Von Erika Muster"},{"@type":"Person","name":"dpa"},],},]}</script>
<script>var words = "<p>Das ist kein Text, sondern ein Programm, das niemand lesen soll.</p>";</script>
</head><body>
<nav><ul><li><a href="/">Startseite</a><li><a href="/politik">Politik</a></ul></nav>
<main><article>
<h1><span>Verkehr:</span> Rat beschließt neue Brücke</h1>
<div class="intro">Nach zwölf Jahren Streit entscheidet sich der Rat für den größeren Entwurf.</div>
<div class="share-bar"><a href="x">Teilen</a></div>
<figure><img src="a.jpg"><figcaption>Die alte Brücke am Abend</figcaption></figure>
<p>Der Rat hat am Freitag über die neue Br&uuml;cke beraten und sich nach langer Aussprache für den größeren der beiden Entwürfe entschieden.
<p>Die Bürgermeisterin sagte, die Stadt habe <a href="javascript:x()">lange genug</a> gewartet und könne nun endlich bauen.</p>
<h2>Was kostet der Bau?</h2>
<p>Nach Angaben der Verwaltung sind zwanzig Millionen Euro vorgesehen, von denen das Land die Hälfte übernimmt.</p>
<div class="newsletter-box"><p>Jeden Morgen die wichtigsten Nachrichten aus der Stadt in Ihrem Postfach, kostenlos.</p></div>
<h2>Mehr zum Thema</h2><ul><li><a href="/1">Was der Streit für die Pendler der Stadt bedeutet</a></ul>
</article></main>
<aside><p>Hier steht etwas ganz anderes, das mit dem Artikel gar nichts zu tun hat, aber lang ist.</p></aside>
<footer><p>Uferbote, alle Rechte vorbehalten, auch die der Übersetzung und der Vervielfältigung.</p></footer>
</body></html>"#;

#[test]
fn a_page_becomes_its_article() {
    let (drafts, refused) = ingest::read_all(PAGE.as_bytes(), "a.html");
    assert!(refused.is_empty());
    let [draft] = drafts.as_slice() else { panic!("one article") };
    let parts: Vec<(ParagraphKind, &str)> = draft
        .paragraphs
        .iter()
        .map(|p| (p.kind, p.span.of(&draft.text).split(' ').next().unwrap()))
        .collect();
    assert_eq!(
        parts,
        [
            (ParagraphKind::Kicker, "Verkehr"),
            (ParagraphKind::Title, "Rat"),
            (ParagraphKind::Lead, "Nach"),
            (ParagraphKind::Caption, "Die"),
            (ParagraphKind::Body, "Der"),
            (ParagraphKind::Body, "Die"),
            (ParagraphKind::Heading, "Was"),
            (ParagraphKind::Body, "Nach"),
        ]
    );
    assert_eq!(draft.title.text, "Rat beschließt neue Brücke");
    assert_eq!(draft.source.name.as_deref(), Some("Uferbote"));
    assert_eq!(draft.url.as_deref(), Some("https://www.uferbote.example/lokales/bruecke"));
    assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2021-05-07"));
    assert_eq!(draft.authors, ["Erika Muster"]);
    assert_eq!(draft.language, Language::German);
}

#[test]
fn the_address_and_the_character_set_of_a_fetch_are_taken() {
    let page = "<html><p>Der Rat hat am Freitag über die neue Brücke beraten und sich nach langer Aussprache für \
        den größeren der beiden Entwürfe entschieden, die seit Jahren vorliegen.</p></html>";
    let bytes: Vec<u8> = page.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let url = Some("https://www.uferbote.example/bruecke");
    let hint = Hint { origin: "", url, charset: Some("iso-8859-1"), ..Hint::default() };
    let (drafts, _) = ingest::read_with(&bytes, &hint);
    assert_eq!(drafts[0].url.as_deref(), url);
    assert!(drafts[0].text.contains("über die neue Brücke"));
}

#[test]
fn a_page_of_links_is_refused() {
    let links =
        "<li><a href=/a>Was der Streit um die Brücke für die Pendler der Stadt bedeutet</a>".repeat(40);
    let page =
        format!("<html><ul>{links}</ul><p>{}</p></html>", "Das steht heute in der Zeitung. ".repeat(6));
    let error = ingest::read(page.as_bytes(), "").unwrap_err();
    assert_eq!(error.to_string(), "this is a page of links to articles, not an article");
}

#[test]
fn a_day_beside_the_article_is_not_its_own() {
    let page = |inside: &str| {
        format!(
            "<html><article><h1>Neue Brücke</h1>{inside}<p>Der Rat hat am Freitag über die neue Brücke beraten \
             und sich nach langer Aussprache für den größeren der beiden Entwürfe entschieden, die seit Jahren \
             vorliegen.</p></article><div><a href=/x>Mehr</a> <time datetime=2019-01-02>2. Januar</time></div></html>"
        )
    };
    let day = |page: String| {
        let (drafts, _) = ingest::read_all(page.as_bytes(), "");
        drafts[0].published.stated().map(|d| d.to_string())
    };
    assert_eq!(day(page("")), None);
    for inside in [
        "<time datetime=\"2021-05-07\">7. Mai</time>",
        "<time>heute</time><time datetime=PT4M>4 Minuten</time><time datetime=2021-05-07>am Freitag</time>",
        "<time datetime=7.5.2021>7. Mai</time>",
    ] {
        assert_eq!(day(page(inside)).as_deref(), Some("2021-05-07"), "{inside}");
    }
}

/// A page with `frame` around the article and something else beside it.
fn framed(frame: &str) -> String {
    format!(
        "<html><body><nav><a href=/>Start</a></nav><div {frame}><h1>Neue Brücke für die Stadt</h1>\
         <p>Der Rat hat am Freitag über die neue Brücke beraten und sich nach langer Aussprache für den größeren \
         der beiden Entwürfe entschieden, die seit Jahren vorliegen.</p>\
         <p>Die Bürgermeisterin sagte, die Stadt habe lange genug gewartet und könne nun endlich bauen.</p></div>\
         <div class=sidebar><p>Hier steht etwas ganz anderes, das mit dem Artikel gar nichts zu tun hat.</p></div>"
    )
}

#[test]
fn prose_outweighs_the_name_of_a_frame() {
    for frame in [
        "",
        "class=has-sidebar",
        "class='paywall comments'",
        "id=related-content",
        "class=newsletter",
        "class=c-teaser",
    ] {
        let (drafts, refused) = ingest::read_all(framed(frame).as_bytes(), "");
        assert!(refused.is_empty(), "{frame}: {refused:?}");
        assert_eq!(drafts[0].title.text, "Neue Brücke für die Stadt", "{frame}");
        assert!(drafts[0].text.contains("endlich bauen."), "{frame}");
        assert!(!drafts[0].text.contains("ganz anderes"), "{frame}");
    }
}

#[test]
fn embedded_files_do_not_make_a_page_too_large() {
    let picture = format!("<img src=\"data:image/png;base64,{}\">", "A".repeat(6 << 20));
    let page = framed("").replace("<div class=sidebar>", &picture.repeat(3));
    let (drafts, refused) = ingest::read_all(page.as_bytes(), "");
    assert!(refused.is_empty(), "{refused:?}");
    assert!(drafts[0].text.contains("endlich bauen."));
}

#[test]
fn comments_are_left_out_and_a_longer_talk_than_the_article_too() {
    let talk = "<li><p>Ich finde, dass die Brücke viel zu teuer ist und die Stadt andere Sorgen hat, aber das will \
                ja niemand von denen hören, die dort oben sitzen.</p></li>";
    let marked = format!("<ol class=commentlist>{}</ol>", talk.repeat(30));
    let headed = format!("<h3>30 Kommentare</h3><div>{}</div>", talk.repeat(30));
    for comments in [marked, headed] {
        let page = framed("").replace("endlich bauen.</p>", &format!("endlich bauen.</p>{comments}"));
        let (drafts, _) = ingest::read_all(page.as_bytes(), "");
        assert!(drafts[0].text.contains("endlich bauen."));
        assert!(!drafts[0].text.contains("viel zu teuer"));
    }
}

#[test]
fn headings_that_ask_and_answer_open_no_comments() {
    let rest = "<p>Danach kommt noch ein Absatz, der zum Artikel gehört und bleiben soll.</p>";
    for (line, stays) in [
        ("<h2>5 Antworten auf die wichtigsten Fragen</h2>", true),
        ("<h2>3 Kommentare der Opposition</h2>", true),
        ("<p><b>Ihre Meinung dazu?</b></p>", true),
        ("<p><b>Was denkst du?</b></p>", true),
        ("<h2>Ihre Meinung zählt</h2>", true),
        ("<h3>Ihre Meinung</h3>", false),
        ("<h3>2 Antworten auf „Neue Brücke für die Stadt“</h3>", false),
        ("<p>3 Kommentare</p>", false),
        ("<h3>12 responses to Neue Brücke</h3>", false),
        ("<h3>Leave a Reply</h3>", false),
    ] {
        let page = framed("").replace("endlich bauen.</p>", &format!("endlich bauen.</p>{line}{rest}"));
        let (drafts, _) = ingest::read_all(page.as_bytes(), "");
        assert_eq!(drafts[0].text.contains("bleiben soll."), stays, "{line}");
    }
}

#[test]
fn a_first_name_behind_by_is_no_author() {
    let authors = |byline: &str| {
        let page = framed("").replace("</h1>", &format!("</h1><div class=byline>{byline}</div>"));
        ingest::read_all(page.as_bytes(), "").0.swap_remove(0).authors
    };
    assert_eq!(authors("Von Erika"), [""; 0]);
    assert_eq!(authors("Von Erika Freitag"), ["Erika Freitag"]);
    assert_eq!(authors("Erika Muster"), ["Erika Muster"]);
}

#[test]
fn the_outlet_is_who_the_page_says_and_not_its_publisher() {
    let named = |metas: &str| {
        let page = framed("").replace("<body>", &format!("<head>{metas}</head><body>"));
        ingest::read_all(page.as_bytes(), "").0.swap_remove(0).source.name
    };
    let publisher = "<meta name=publisher content='Ufer Verlag'>";
    assert_eq!(named(publisher).as_deref(), Some("Ufer Verlag"));
    let site = "<meta property=og:site_name content=Uferbote>";
    assert_eq!(named(&format!("{publisher}{site}")).as_deref(), Some("Uferbote"));
}

/// The article of [`framed`] with `head` in its head and `byline` under its title.
fn named(head: &str, byline: &str) -> lesart::model::Draft {
    let page = framed("").replace("<body>", &format!("<head>{head}</head><body>"));
    let page = page.replace("</h1>", &format!("</h1>{byline}"));
    ingest::read_all(page.as_bytes(), "").0.swap_remove(0)
}

#[test]
fn authors_are_found_where_pages_name_them() {
    let card =
        "<meta name=twitter:label1 content='Verfasst von'><meta name=twitter:data1 content='Erika Muster'>";
    for (head, byline) in [
        (card, ""),
        ("", "<a rel=author href=/em>Erika Muster</a>"),
        (
            "",
            "<p class=author><a href=/em><b>Erika Muster</b></a> <span>Korrespondentin Wirtschaft</span></p>",
        ),
        ("", "<div class=post-author-name>Erika Muster</div>"),
        ("", "<div class=meta>Mi 5. Mai 2021 <span class=autor>Von Erika Muster, Berlin</span></div>"),
        ("", "<p>Ein Gastbeitrag von Erika Muster</p>"),
        ("<meta name=author content='Ufer Verlag GmbH'>", "<p>VON Erika Muster IN Stadt</p>"),
        ("<meta name=author content='Max Anders'>", "<p class=byline>Von Erika Muster</p>"),
    ] {
        assert_eq!(named(head, byline).authors, ["Erika Muster"], "{head}{byline}");
    }
    assert_eq!(named("", "<p>Von Erika Muster und Max Muster</p>").authors, ["Erika Muster", "Max Muster"]);
    for byline in
        ["<p class=author>Redaktion</p>", "<p class=author>dpa</p>", "<p class=byline>Print Email</p>"]
    {
        assert_eq!(named("", byline).authors, [""; 0], "{byline}");
    }
}

#[test]
fn who_writes_a_comment_or_another_article_is_not_the_author() {
    let other = "<ol class=comments><li><span class=author>Karla Klug</span><p>Das ist gut.</p></ol>\
                 <div class=related><a class=author href=/x>Paula Anders</a></div>";
    let page = framed("").replace("endlich bauen.</p>", &format!("endlich bauen.</p>{other}"));
    assert_eq!(ingest::read_all(page.as_bytes(), "").0[0].authors, [""; 0]);
}

#[test]
fn days_are_found_where_pages_state_them() {
    for (head, byline) in [
        ("<meta name=publish_date content='2021-05-07'>", ""),
        ("<meta property=article:modified_time content='2021-05-07T10:00:00+02:00'>", ""),
        ("", "<abbr class=published title='2021-05-07T10:00:00+02:00'>am Freitag</abbr>"),
        ("", "<p>Stand: 07.05.2021, 14:05 Uhr</p>"),
        ("<meta property=article:modified_time content='2022-01-01'>", "<p>7. Mai 2021</p>"),
    ] {
        let day = named(head, byline).published.stated().map(|day| day.to_string());
        assert_eq!(day.as_deref(), Some("2021-05-07"), "{head}{byline}");
    }
}

#[test]
fn a_moment_in_universal_time_is_on_the_day_that_the_outlet_writes() {
    let day = |path: &str| {
        let words = "The council spoke about the new bridge on Friday and chose the larger plan after a long talk, \
            which had been on the table for years, as the mayor told the paper in the evening.";
        let page = format!(
            "<html><head><meta property=article:published_time content='2021-05-07T02:12:00Z'>\
             <link rel=canonical href='https://uferbote.example/{path}'></head><h1>A new bridge</h1><p>{words}</p>"
        );
        let (drafts, _) = ingest::read_all(page.as_bytes(), "");
        drafts[0].published.stated().map(|day| day.to_string())
    };
    assert_eq!(day("2021/05/06/bridge").as_deref(), Some("2021-05-06"));
    assert_eq!(day("2021/03/06/bridge").as_deref(), Some("2021-05-07"));
}

#[test]
fn what_follows_the_article_is_left_out_however_long_it_is() {
    let text = "<p>Danach berieten die Mitglieder noch lange über die Kosten, die sich in den letzten Jahren mehr \
        als verdoppelt haben, und über die Frage, wer sie am Ende tragen soll.</p>";
    let other = "<p>Hier steht etwas ganz anderes, das mit dem Artikel gar nichts zu tun hat.</p>".repeat(30);
    let article = |body: &str| format!("<article><h1>Neue Brücke für die Stadt</h1>{body}</article>");
    let foot =
        "<p>© Uferbote. Alle Rechte vorbehalten, auch die der Übersetzung und der Vervielfältigung.</p>";
    for behind in [
        format!("<div class=site-footer>{other}</div>"),
        format!("<div class='list list--related'>{other}</div>"),
        format!("<article><h2>Ganz anderes</h2>{other}</article>"),
        foot.to_owned(),
    ] {
        let page = format!(
            "<html><body><main>{}{behind}</main>",
            article(&["Danach", "Davor", "Heute"].map(|when| text.replace("Danach", when)).concat())
        );
        let (drafts, _) = ingest::read_all(page.as_bytes(), "");
        assert!(drafts[0].text.contains("tragen soll."), "{behind:.40}");
        assert!(
            !drafts[0].text.contains("ganz anderes") && !drafts[0].text.contains("Alle Rechte"),
            "{behind:.40}"
        );
    }
}

#[test]
fn a_short_article_among_many_links_is_one() {
    let links =
        "<li><a href=/a>Was der Streit um die Brücke für die Pendler der Stadt bedeutet</a>".repeat(40);
    let text = "Der Rat hat am Freitag über die neue Brücke beraten und sich nach langer Aussprache für den größeren \
        der beiden Entwürfe entschieden. Die Bürgermeisterin sagte, die Stadt habe lange genug gewartet. Das Land \
        gibt die Hälfte dazu, wie das Ministerium mitteilte.";
    let page = format!(
        "<html><title>Neue Brücke für die Stadt - Uferbote</title><ul>{links}</ul><h1>Neue Brücke für die Stadt</h1>\
         <p>{text}</p><ul>{links}</ul>"
    );
    let (drafts, refused) = ingest::read_all(page.as_bytes(), "");
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(drafts[0].title.text, "Neue Brücke für die Stadt");
}

#[test]
fn the_text_of_structured_data_counts_where_the_page_shows_another() {
    let body = "Der Rat hat am Freitag beraten und sich nach langer Aussprache entschieden. ".repeat(12);
    let teaser = "Testen Sie unser Angebot vier Wochen lang kostenlos und kündigen Sie jederzeit mit einem Klick, \
        wenn es Ihnen nicht gefallen hat, oder bleiben Sie einfach dabei.";
    let page = format!(
        "<html><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Neue Brücke\",\
         \"articleBody\":\"{body}\"}}</script><h1>Neue Brücke</h1><p>{teaser}</p>"
    );
    let (drafts, _) = ingest::read_all(page.as_bytes(), "");
    assert!(drafts[0].text.contains("nach langer Aussprache"), "{}", drafts[0].text);
    assert!(!drafts[0].text.contains("kostenlos"));
}
