//! A page with less in it, before a tree is made of it: what is no part of an
//! article by its element or its class is left out, and so is all that could make
//! the tree deep, or large beyond the page. Every element that begins ends.

use std::collections::HashMap;
use std::fmt::Write as _;

use html5gum::{EndTag, StartTag, Token};

use super::linked;
use crate::formats::error::Reason;
use crate::formats::records::prose::is_block;
use crate::formats::records::story::{Story, one_line};

/// Elements inside so many others are taken for text: trees take time for each
/// element by how deep it is.
const DEEPEST: usize = 100;
/// A page of more elements is no article.
const MOST_ELEMENTS: usize = 100_000;
/// More `application/ld+json` than this is not about one article.
const MOST_LINKED: usize = 1 << 18;

#[rustfmt::skip]
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements whose end may be left out: another one ends them.
#[rustfmt::skip]
const IMPLIED: &[&str] = &[
    "colgroup", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
];
/// Elements that only dress words; unclosed, a parser opens each of them again
/// in every paragraph.
#[rustfmt::skip]
const DRESS: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements of which nothing is an article's text.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "applet", "aside", "audio", "button", "canvas", "dialog", "embed", "figure", "footer",
    "frameset", "iframe", "math", "nav", "noembed", "noframes", "noscript", "object", "picture",
    "plaintext", "script", "select", "style", "svg", "template", "textarea", "video", "xmp",
];
/// Words in a class or identifier that say the same of any element.
#[rustfmt::skip]
const LEFT_OUT_CLASSES: &[&str] = &[
    "advertentie", "advertisement", "bijschrift", "breadcrumb", "breadcrumbs", "caption",
    "comments", "cookie", "cookies", "deelknoppen", "fotobijschrift", "gerelateerd",
    "gerelateerde", "leesmeer", "leesook", "newsletter", "nieuwsbrief", "onderschrift", "paywall",
    "promo", "reacties", "related", "share", "sharing", "social", "tags",
];
/// Attributes that Readability looks at.
#[rustfmt::skip]
const KEPT_ATTRIBUTES: &[&str] = &[
    "aria-hidden", "class", "content", "hidden", "href", "id", "itemprop", "lang", "name",
    "property", "rel", "role", "style",
];

/// Longer values say nothing to it; a link that is not closed is opened again in
/// every paragraph.
const LONGEST_ATTRIBUTE: usize = 1024;
/// Elements of a page's head.
const OF_HEAD: &[&str] =
    &["base", "head", "link", "meta", "noscript", "script", "style", "template", "title"];

/// What a page says about its article.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    /// What each `meta` says.
    metas: HashMap<String, String>,
    linked: linked::Facts,
    address: Option<String>,
    language: Option<String>,
}

impl Facts {
    /// Hands everything on but the title.
    pub(super) fn tell(&self, story: &mut Story) {
        let of_meta = |names: &[&str]| names.iter().find_map(|name| self.metas.get(*name));
        let facts = [
            ("date", self.linked.date.as_ref(), &DATES[..]),
            ("byline", self.linked.author.as_ref(), &["author", "dc.creator"]),
            ("section", self.linked.section.as_ref(), &["article:section"]),
            ("publication", self.linked.publisher.as_ref(), &["og:site_name"]),
            ("language", self.language.as_ref(), &["og:locale"]),
            ("url", self.address.as_ref(), &["og:url"]),
        ];
        for (key, found, names) in facts {
            if let Some(value) = found.or_else(|| of_meta(names)) {
                story.tell(key, value);
            }
        }
    }
}

const TITLES: [&str; 3] = ["og:title", "twitter:title", "dc.title"];
const DATES: [&str; 5] =
    ["article:published_time", "datepublished", "dc.date.issued", "dc.date", "date"];

/// A page made smaller, and what was seen of it.
pub(super) struct Tidied {
    pub(super) html: String,
    pub(super) facts: Facts,
    /// Text of its `title`.
    pub(super) title: String,
    /// Text of each `h1`.
    pub(super) headings: Vec<String>,
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Tidies `html`; `by_class`: what a class says is no article goes as well.
pub(super) fn tidied(html: &str, by_class: bool) -> Result<Tidied, Reason> {
    let mut tidying = Tidying {
        by_class,
        html: String::with_capacity(html.len() / 2),
        facts: Facts::default(),
        title: String::new(),
        headings: Vec::new(),
        open: Vec::new(),
        leaving_out: None,
        linked: None,
        elements: 0,
    };
    for token in super::tokens(html) {
        match token {
            Token::StartTag(tag) => tidying.start(&tag)?,
            Token::EndTag(tag) => tidying.end(&tag),
            Token::String(text) => tidying.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    tidying.close(0);
    let Tidying { html, mut facts, title, headings, .. } = tidying;
    let of_meta = TITLES.iter().find_map(|name| facts.metas.get(*name));
    let found = facts.linked.headline.as_ref().or(of_meta).map(|title| one_line(title));
    facts.title = found.filter(|title| !title.is_empty());
    Ok(Tidied { html, facts, title, headings })
}

struct Tidying {
    by_class: bool,
    html: String,
    facts: Facts,
    title: String,
    headings: Vec<String>,
    /// Names of the elements that are open.
    open: Vec<String>,
    /// How many are open around the one that is being left out.
    leaving_out: Option<usize>,
    /// The JSON of a script that says what the page is about.
    linked: Option<String>,
    elements: usize,
}

impl Tidying {
    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Reason> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            let message = format!("it has more than {MOST_ELEMENTS} elements");
            return Err(Reason::Html { message });
        }
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        self.end_what_is_implied(&name);
        let attribute = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(String::from_utf8_lossy(value).into_owned())
        };
        match &*name {
            "meta" => self.meta(&attribute),
            "link" if attribute("rel").is_some_and(|it| it.eq_ignore_ascii_case("canonical")) => {
                self.facts.address = attribute("href");
            }
            "html" => self.facts.language = attribute("lang"),
            "script" => {
                let is_linked = |it: String| it.eq_ignore_ascii_case("application/ld+json");
                self.linked = attribute("type").is_some_and(is_linked).then(String::new);
            }
            "h1" if self.leaving_out.is_none() => self.headings.push(String::new()),
            _ => {}
        }
        if DRESS.contains(&&*name) {
            return Ok(());
        }
        let is_void = is_void(&name) || tag.self_closing && matches!(&*name, "svg" | "math");
        let has_end = !is_void && !IMPLIED.contains(&&*name);
        let is_left_out =
            LEFT_OUT.contains(&&*name) || self.by_class && is_other(&name, &attribute);
        let begins = is_left_out && !is_void && self.leaving_out.is_none();
        if begins || has_end && self.open.len() < DEEPEST {
            if begins {
                self.leaving_out = Some(self.open.len());
            }
            self.open.push(name.clone());
        } else if has_end || is_left_out {
            return Ok(());
        }
        if self.leaving_out.is_none() {
            self.write_start(&name, tag);
        }
        Ok(())
    }

    fn write_start(&mut self, name: &str, tag: &StartTag<()>) {
        self.html.push('<');
        self.html.push_str(name);
        for (key, value) in &tag.attributes {
            let key = String::from_utf8_lossy(key);
            if KEPT_ATTRIBUTES.contains(&&*key) && value.len() <= LONGEST_ATTRIBUTE {
                let value = String::from_utf8_lossy(value);
                let value = value.replace('&', "&amp;").replace('"', "&quot;");
                let _ = write!(self.html, " {key}=\"{value}\"");
            }
        }
        self.html.push('>');
    }

    fn end(&mut self, tag: &EndTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        if name == "script"
            && let Some(json) = self.linked.take()
        {
            self.facts.linked.read(&json);
        }
        if IMPLIED.contains(&&*name) {
            match self.leaving_out {
                None => {
                    let _ = write!(self.html, "</{name}>");
                }
                Some(at) if self.open[at] == name => self.close(at),
                Some(_) => {}
            }
        } else if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            self.close(at);
        }
    }

    /// Ends the head where its end was left out, and a paragraph, cell or item that is
    /// being left out where another block begins.
    fn end_what_is_implied(&mut self, name: &str) {
        if !OF_HEAD.contains(&name)
            && let Some(head) = self.open.iter().rposition(|open| open == "head")
        {
            self.close(head);
        }
        if let Some(at) = self.leaving_out
            && IMPLIED.contains(&&*self.open[at])
            && is_block(name)
        {
            self.close(at);
        }
    }

    /// Ends all elements that are open but the first `left`.
    fn close(&mut self, left: usize) {
        while self.open.len() > left {
            let Some(name) = self.open.pop() else { return };
            match self.leaving_out {
                Some(at) if at == self.open.len() => self.leaving_out = None,
                Some(_) => {}
                None => {
                    let _ = write!(self.html, "</{name}>");
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(json) = &mut self.linked {
            if json.len() + text.len() <= MOST_LINKED {
                json.push_str(text);
            }
            return;
        }
        if self.leaving_out.is_some() {
            return;
        }
        let is_inside = |name: &str| self.open.iter().any(|open| open == name);
        if is_inside("title") {
            self.title.push_str(text);
        }
        if is_inside("h1")
            && let Some(heading) = self.headings.last_mut()
        {
            heading.push_str(text);
        }
        self.html.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
    }

    fn meta(&mut self, attribute: &impl Fn(&str) -> Option<String>) {
        let name = attribute("property").or_else(|| attribute("name"));
        let name = name.or_else(|| attribute("itemprop"));
        if let (Some(name), Some(content)) = (name, attribute("content"))
            && !content.trim().is_empty()
        {
            self.facts.metas.entry(name.to_ascii_lowercase()).or_insert(content);
        }
    }
}

/// Whether an element says by its class or identifier that it is no part of the
/// article. The frame of a page may speak of anything.
fn is_other(name: &str, attribute: &impl Fn(&str) -> Option<String>) -> bool {
    if matches!(name, "html" | "body" | "main" | "article" | "h1") {
        return false;
    }
    let says = |value: String| {
        let value = value.to_lowercase();
        value.split_whitespace().any(|class| {
            let mut words = class.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
            words.any(|word| LEFT_OUT_CLASSES.contains(&word))
        })
    };
    ["class", "id"].into_iter().filter_map(attribute).any(says)
}
