//! Feeds of each kind, whole and odd.

use proptest::prelude::*;

use super::*;
use crate::model::{Basis, Language};

const ADDRESS: &str = "https://blatt.example/feed";

fn read(text: &str) -> FeedText {
    feed(text, &Hint { url: Some(ADDRESS), ..Hint::default() }).expect("a feed")
}

/// Kind, and the same feed of one article in it.
const SAME: [(&str, &str); 8] = [
    (
        "RSS 2.0",
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'>\
         <channel><title>Das Blatt</title><link>https://blatt.example/</link><ttl>90</ttl><item><title>Rat &amp;amp; Stadt</title>\
         <link>https://blatt.example/rat</link><guid isPermaLink='false'>n1</guid><pubDate>Fri, 18 Sep 2015 10:00:00 +0200</pubDate>\
         <dc:creator>Erika Muster</dc:creator><description>Kurz.</description>\
         <content:encoded><![CDATA[<p>Der Rat hat am Freitag beraten.</p><p>Gebaut wird ab Mai.</p>]]></content:encoded></item></channel></rss>",
    ),
    (
        "RSS 0.91, bare ampersands",
        "<rss version='0.91'><channel><title>Das Blatt</title><link>/</link><ttl>90</ttl><item><title>Rat & Stadt</title>\
         <link>/rat</link><guid>n1</guid><pubDate>18 Sep 15 10:00</pubDate><author>a@blatt.example (Erika Muster)</author>\
         <description>&lt;p>Der Rat hat am Freitag beraten.&lt;p>Gebaut wird ab Mai.</description></item></channel></rss>",
    ),
    (
        "RSS 1.0",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:d='http://purl.org/dc/elements/1.1/'>\
         <channel rdf:about='x'><title>Das Blatt</title><link>https://blatt.example/</link><ttl>90</ttl><items><rdf:Seq/></items></channel>\
         <item rdf:about='https://blatt.example/rat'><title>Rat &amp; Stadt</title><d:date>2015-09-18T10:00Z</d:date>\
         <d:creator>Erika Muster</d:creator><d:identifier>n1</d:identifier><description>Der Rat hat am Freitag beraten.&lt;br>&lt;br>Gebaut wird ab Mai.</description></item></rdf:RDF>",
    ),
    (
        "Atom 1.0, XHTML",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://blatt.example/'><title type='text'>Das Blatt</title><ttl>90</ttl>\
         <link rel='self' href='feed'/><link href='.'/><entry><title type='html'>Rat &amp;amp; Stadt</title><link rel='alternate' href='rat'/>\
         <link rel='enclosure' href='a.mp3'/><id>n1</id><updated>2015-09-19T10:00:00Z</updated><published>2015-09-18T10:00:00Z</published>\
         <author><name>Erika Muster</name><uri>x</uri></author><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>\
         <p>Der Rat hat am Freitag beraten.</p><p>Gebaut wird ab Mai.</p></div></content></entry></feed>",
    ),
    (
        "Atom 0.3",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title mode='escaped'>Das Blatt</title><ttl>90</ttl><link rel='alternate' type='text/html' href='https://blatt.example/'/>\
         <author><name>Erika Muster</name></author><entry><title>Rat &amp; Stadt</title><link rel='alternate' type='text/html' href='https://blatt.example/rat'/><id>n1</id>\
         <issued>2015-09-18T10:00:00Z</issued><modified>2015-09-20T10:00:00Z</modified>\
         <content type='text/html' mode='escaped'>&lt;p&gt;Der Rat hat am Freitag beraten.&lt;/p&gt;&lt;p&gt;Gebaut wird ab Mai.&lt;/p&gt;</content></entry></feed>",
    ),
    (
        "cut off, capitals, no version",
        "junk<RSS><CHANNEL><TITLE>Das Blatt</TITLE><LINK>https://blatt.example</LINK><TTL>90</TTL><ITEM><TITLE>Rat &#38; Stadt</TITLE>\
         <LINK>https://blatt.example/rat</LINK><GUID>n1</GUID><PUBDATE>2015-09-18</PUBDATE><dc:creator>Erika Muster</dc:creator>\
         <DESCRIPTION><![CDATA[Der Rat hat am Freitag beraten.<br><br>Gebaut wird ab Mai.",
    ),
    (
        "text with line breaks",
        "<rss><channel><title>Das Blatt</title><link>https://blatt.example/</link><ttl>90</ttl><item><title>Rat &#x26; Stadt</title><link>https://blatt.example/rat</link>\
         <guid>n1</guid><dc:date>2015-09-18</dc:date><dc:creator>Erika Muster</dc:creator><xhtml:body><p>Der Rat hat am Freitag beraten.</p><p>Gebaut wird ab Mai.</p></xhtml:body></item></channel></rss>",
    ),
    (
        "JSON Feed",
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Das Blatt\", \"home_page_url\": \"https://blatt.example/\", \"items\": [{\"id\": \"n1\", \
         \"url\": \"/rat\", \"title\": \"Rat & Stadt\", \"date_published\": \"2015-09-18T10:00:00+02:00\", \"authors\": [{\"name\": \"Erika Muster\"}], \
         \"content_html\": \"<p>Der Rat hat am Freitag beraten.</p><p>Gebaut wird ab Mai.</p>\"}]}",
    ),
];

#[test]
fn feeds_of_every_kind_give_the_same_article() {
    for (kind, text) in SAME {
        let found = read(text);
        assert_eq!(found.title.as_deref(), Some("Das Blatt"), "{kind}");
        assert_eq!(found.site.as_deref(), Some("https://blatt.example/"), "{kind}");
        if kind != "JSON Feed" {
            assert_eq!(found.ttl_minutes, Some(90), "{kind}");
        }
        let [draft] = found.articles.as_slice() else { panic!("{kind}: one article") };
        let text = draft.text.replace("\n\nKurz.", "");
        assert_eq!(text, "Rat & Stadt\n\nDer Rat hat am Freitag beraten.\n\nGebaut wird ab Mai.", "{kind}");
        assert_eq!(draft.url.as_deref(), Some("https://blatt.example/rat"), "{kind}");
        assert_eq!(draft.published.stated().map(|d| d.to_string()).as_deref(), Some("2015-09-18"), "{kind}");
        assert_eq!(
            (draft.key.as_deref(), draft.authors.as_slice()),
            (Some("n1"), &["Erika Muster".to_owned()][..]),
            "{kind}"
        );
        assert_eq!(
            (draft.source.domain.as_deref(), draft.source.basis),
            (Some("blatt.example"), Basis::Derived),
            "{kind}"
        );
        assert_eq!((draft.language, draft.origin.as_str()), (Language::German, ADDRESS), "{kind}");
        assert_eq!(draft.title.basis, Basis::Stated, "{kind}");
    }
}

#[test]
fn nothing_hostile_comes_through() {
    let text = "<rss><channel><title>Das \u{1b}]52;c;AAAA\u{7}Blatt</title><item><title>Rat\u{202e} tagt</title>\
        <link>javascript:alert(1)</link><guid>file:///etc/passwd</guid>\
        <description><![CDATA[<p onclick=x>Der Rat \u{1b}[31mtagt.</p><script>alert(1)</script><iframe src=x>y</iframe>]]></description></item></channel></rss>";
    let found = read(text);
    assert_eq!(found.title.as_deref(), Some("Das Blatt"));
    let draft = &found.articles[0];
    assert_eq!((draft.text.as_str(), draft.url.as_deref()), ("Rat tagt\n\nDer Rat tagt.", None));
}

#[test]
fn entities_of_a_document_are_not_looked_up() {
    let text = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>\
        <rss><channel><item><title>Wert: &b; &f;</title></item></channel></rss>";
    assert_eq!(read(text).articles[0].text, "Wert: &b; &f;");
}

#[test]
fn what_is_no_feed_is_refused() {
    for text in [
        "<!DOCTYPE html><html><body><p>Ein Satz.</p></body></html>",
        "Ein Satz.",
        "{\"a\": 1}",
        "<a><b/></a>",
    ] {
        assert!(feed(text, &Hint::default()).is_err(), "{text}");
    }
    assert_eq!(read_feed(b" \n", &Hint::default()), Err(Error::Empty));
}

#[test]
fn a_summary_beside_the_text_is_its_lead() {
    let text = "<rss><channel><item><title>T</title><description>Der Rat hat Ja gesagt.</description>\
        <content:encoded>&lt;p&gt;Lange hat der Rat am Freitag über die Brücke beraten, bis tief in die Nacht.&lt;/p&gt;\
        &lt;p&gt;The post T appeared first on Das Blatt.&lt;/p&gt;</content:encoded></item></channel></rss>";
    let draft = &read(text).articles[0];
    assert_eq!(draft.lead.as_deref(), Some("Der Rat hat Ja gesagt."));
    assert!(draft.text.ends_with("in die Nacht."));
}

#[test]
fn floods_take_steps_in_line_with_their_length() {
    for text in [
        "<item>".repeat(300_000),
        "<title>".repeat(300_000),
        "<item><title".repeat(150_000),
        "<![CDATA[".repeat(200_000),
        "<!--".repeat(300_000),
        "<!DOCTYPE [".repeat(50_000),
        "<?a ".repeat(50_000),
        "<?a>".repeat(50_000),
        "<?a?>".repeat(50_000),
        "</a>".repeat(50_000),
        format!("<rss {}>", "a='b\" ".repeat(200_000)),
        format!("<rss {}>", "a=\"b\"c ".repeat(200_000)),
        format!("<rss><item><title>{}", "&amp".repeat(300_000)),
        format!("<rss>{}<item>", "<content:encoded><p>".repeat(100_000)),
    ] {
        let steps = tree::steps(&text);
        assert!(steps <= STEPS * text.len(), "{steps} for {:?}", text.get(..20));
        let _ = feed(&text, &Hint::default());
    }
}

/// Most steps of the reader for a byte: it looks back through a bounded number of elements.
const STEPS: usize = 64;

proptest! {
    #[test]
    fn no_bytes_make_it_panic(text in "(<|>|/|\"|'|=|&|;|item|entry|rss|feed|title|link|content|xmlns:|!\\[CDATA\\[|\\]\\]>|!--|--|ü|\\PC| )*") {
        if let Ok(found) = feed(&text, &Hint::default()) {
            for draft in found.articles {
                prop_assert!(!draft.text.trim().is_empty() && draft.text.chars().all(|c| c == '\n' || !c.is_control()));
            }
        }
    }
}
