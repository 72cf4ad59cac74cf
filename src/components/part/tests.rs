//! What parts look like when they are written. That a browser finds them again is tested with every page.

use leptos::tachys::view::Position;

use super::{IntoPart, Part, live, numbered};
use crate::components::element::element;

fn html(part: impl IntoPart) -> String {
    let mut out = String::new();
    part.part().write(&mut out, &mut Position::FirstChild);
    out
}

#[test]
fn texts_and_values_are_escaped_and_html_is_ours() {
    let link = element("a")
        .with("title", "\"<&>\"")
        .text("<b> & \"quotes\"");
    assert_eq!(
        html(link),
        "<a title=\"&quot;&lt;&amp;&gt;&quot;\">&lt;b&gt; &amp; \"quotes\"</a>"
    );
    let made = element("p").html("<b>bold</b>".to_owned());
    assert_eq!(html(made), "<p><b>bold</b></p>");
    let followed = element("p").live_html(|| "<i></i>".to_owned());
    assert_eq!(html(followed), "<p><i></i></p>");
}

#[test]
fn an_attribute_is_there_with_its_value_bare_or_not_at_all() {
    let field = element("input")
        .class("input")
        .with("hidden", "")
        .with_some("lang", None)
        .live("href", || Some("/".to_owned()))
        .live("rel", || None)
        .live_flag("open", || true)
        .live_flag("inert", || false)
        .value(|| "typed".to_owned())
        .ticked(|| true);
    assert_eq!(
        html(field),
        "<input class=\"input\" hidden href=\"/\" open>"
    );
}

#[test]
fn elements_without_an_end_have_none_and_others_do() {
    for (tag, written) in [
        ("br", "<br>"),
        ("img", "<img>"),
        ("input", "<input>"),
        ("i", "<i></i>"),
    ] {
        assert_eq!(html(element(tag)), written);
    }
}

#[test]
fn texts_in_a_row_are_kept_apart_wherever_they_come_from() {
    let row = element("p")
        .text("a")
        .text("b")
        .child(live(|| "c".part()))
        .child(vec!["d".part(), "e".part()])
        .inner(element("b").text("f"))
        .text("g");
    assert_eq!(html(row), "<p>a<!>b<!>c<!>d<!>e<b>f</b>g</p>");
}

#[test]
fn what_is_not_there_keeps_its_place() {
    let absent: Option<Part> = None;
    let row = element("p")
        .text("a")
        .child(absent)
        .child(Vec::new())
        .child(live(|| ().part()))
        .text("b");
    assert_eq!(html(row), "<p>a<!><!><!>b</p>");
    assert_eq!(html(""), " ", "there must be a text to find");
    assert_eq!(html(numbered(1, vec!["a".part()])), "a");
}
