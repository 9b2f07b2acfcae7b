//! What the elements of NITF and NewsML-G2 say of an article. Of two titles,
//! dates or languages the better one is taken, whichever comes first; of two other
//! things that say the same, the first.

use crate::formats::error::Reason;
use crate::formats::records::encoding::Encoding;
use crate::formats::records::prose::Prose;
use crate::formats::records::story::Story;

/// Where a title may stand, the better one first: parent and name.
const TITLES: [(&str, &str); 4] =
    [("contentMeta", "headline"), ("hedline", "hl1"), ("itemMeta", "title"), ("head", "title")];
/// Where a date may stand, the better one first: name, and attribute unless it is
/// the element's text.
const DATES: [(&str, &str); 6] = [
    ("versionCreated", ""),
    ("date.issue", "norm"),
    ("pubdata", "date.publication"),
    ("story.date", "norm"),
    ("date.release", "norm"),
    ("contentCreated", ""),
];
/// Where a language may stand, the better one first: element and attribute. What a
/// `newsItem` says is that of its metadata.
const LANGUAGES: [(&str, &str); 3] = [("language", "tag"), ("nitf", "lang"), ("newsItem", "lang")];
/// Elements whose text is kept as metadata: parent, name, key.
const FACTS: [(&str, &str, &str); 9] = [
    ("", "byline", "byline"),
    ("contentMeta", "by", "byline"),
    ("hedline", "hl2", "subtitle"),
    ("", "abstract", "abstract"),
    ("contentMeta", "description", "abstract"),
    ("", "dateline", "dateline"),
    ("contentMeta", "slugline", "slugline"),
    ("provider", "name", "publication"),
    ("contentMeta", "creditline", "creditline"),
];
/// Attributes that are kept as metadata: element, attribute, key.
const ATTRIBUTES: [(&str, &str, &str); 3] = [
    ("pubdata", "name", "publication"),
    ("pubdata", "position.section", "section"),
    ("provider", "literal", "publication"),
];
/// Attributes that identify an article: element, attribute.
const IDS: [(&str, &str); 2] = [("newsItem", "guid"), ("doc-id", "id-string")];
/// Elements before which a word ends.
const BREAKS: [&str; 5] = ["br", "byttl", "location", "p", "story.date"];
/// What may stand in `inlineXML` as a piece of XHTML.
const FRAGMENTS: [&str; 6] = ["article", "div", "h1", "h2", "p", "section"];

/// Whether an element of that name is an article.
pub(super) fn is_article(name: &str) -> bool {
    matches!(name, "nitf" | "newsItem")
}

/// The attributes that are needed of an element.
pub(super) fn wanted_attributes(name: &str) -> Vec<&'static str> {
    let of_fact = ATTRIBUTES.iter().map(|&(element, attribute, _)| (element, attribute));
    let dates = DATES.iter().copied().filter(|(_, attribute)| !attribute.is_empty());
    let inline = [("inlineData", "contenttype")];
    let all = of_fact.chain(dates).chain(LANGUAGES).chain(IDS).chain(inline);
    all.filter(|(element, _)| *element == name).map(|(_, attribute)| attribute).collect()
}

/// What the text of an element is kept as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Title(usize),
    Date(usize),
    Fact(&'static str),
    /// The article, as plain text.
    Plain,
}

/// An article in the making.
pub(super) struct Draft {
    /// How many elements are open around it.
    depth: usize,
    limit: usize,
    story: Story,
    encoding: Encoding,
    title: Option<(usize, String)>,
    date: Option<(usize, String)>,
    language: Option<(usize, String)>,
    /// The element whose text is wanted, how many are open around it, its text.
    kept: Option<(Kept, usize, String)>,
    /// The article's own text, and how many elements are open around it.
    body: Option<(Prose, usize)>,
    is_too_long: bool,
}

impl Draft {
    pub(super) fn new(depth: usize, limit: usize) -> Self {
        Self {
            depth,
            limit,
            story: Story::default(),
            encoding: Encoding::Utf8,
            title: None,
            date: None,
            language: None,
            kept: None,
            body: None,
            is_too_long: false,
        }
    }

    /// How many elements are open around it.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    /// A piece of it was in `encoding`.
    pub(super) fn saw(&mut self, encoding: Encoding) {
        self.encoding = self.encoding.max(encoding);
    }

    /// An element begins inside `depth` others, the last of which is `parent`.
    pub(super) fn start(
        &mut self,
        name: &str,
        parent: &str,
        depth: usize,
        attributes: &[(&str, String)],
    ) {
        if let Some((prose, _)) = &mut self.body {
            prose.start(&in_prose(name));
            return;
        }
        for (attribute, value) in attributes {
            self.attribute(name, attribute, value);
        }
        if let Some((.., text)) = &mut self.kept {
            if BREAKS.contains(&name) {
                text.push(' ');
            }
            return;
        }
        if self.begins_body(name, parent) {
            // Pieces of XHTML stand beside each other.
            let around = if parent == "inlineXML" { depth - 1 } else { depth };
            let mut prose = Prose::new(self.limit);
            prose.start(&in_prose(name));
            self.body = Some((prose, around));
            return;
        }
        let at = |(element, found): (&str, &str)| {
            found == name && (element.is_empty() || element == parent)
        };
        let is_plain = |(_, value): &(&str, String)| value.starts_with("text/plain");
        let kept = if let Some(rank) = TITLES.iter().position(|&title| at(title)) {
            Kept::Title(rank)
        } else if let Some(rank) =
            DATES.iter().position(|&(found, attribute)| found == name && attribute.is_empty())
        {
            Kept::Date(rank)
        } else if let Some(&(.., key)) = FACTS.iter().find(|fact| at((fact.0, fact.1))) {
            Kept::Fact(key)
        } else if name == "inlineData" && attributes.iter().any(is_plain) {
            Kept::Plain
        } else {
            return;
        };
        self.kept = Some((kept, depth, String::new()));
    }

    fn begins_body(&self, name: &str, parent: &str) -> bool {
        let is_body = match name {
            "body.content" => true,
            "body" => parent == "html",
            _ => parent == "inlineXML" && FRAGMENTS.contains(&name),
        };
        // Another rendition of the same is not wanted.
        is_body && self.story.paragraphs.is_empty()
    }

    fn attribute(&mut self, name: &str, attribute: &str, value: &str) {
        if value.len() > self.limit {
            self.is_too_long = true;
            return;
        }
        if IDS.contains(&(name, attribute)) && self.story.id.is_none() {
            self.story.id = Some(value.trim().to_owned());
        }
        if let Some(rank) = DATES.iter().position(|&date| date == (name, attribute)) {
            better(&mut self.date, rank, value);
        }
        if let Some(rank) = LANGUAGES.iter().position(|&language| language == (name, attribute)) {
            better(&mut self.language, rank, value);
        }
        let fact = ATTRIBUTES.iter().find(|fact| (fact.0, fact.1) == (name, attribute));
        if let Some((.., key)) = fact {
            self.story.tell(key, value);
        }
    }

    /// An element ends; `depth` others are open around it.
    pub(super) fn end(&mut self, name: &str, depth: usize) {
        if let Some((prose, around)) = &mut self.body {
            prose.end(&in_prose(name));
            if *around == depth {
                self.end_body();
            }
        } else if let Some((kept, _, text)) = self.kept.take_if(|(_, around, _)| *around == depth) {
            match kept {
                Kept::Title(rank) => better(&mut self.title, rank, &text),
                Kept::Date(rank) => better(&mut self.date, rank, &text),
                Kept::Fact(key) => self.story.tell(key, &text),
                Kept::Plain if self.story.paragraphs.is_empty() => {
                    let mut prose = Prose::new(self.limit);
                    prose.start("pre");
                    prose.text(&text);
                    self.body = Some((prose, depth));
                    self.end_body();
                }
                Kept::Plain => {}
            }
        }
    }

    fn end_body(&mut self) {
        let Some((prose, _)) = self.body.take() else { return };
        match prose.finish() {
            Some(paragraphs) => self.story.paragraphs = paragraphs,
            None => self.is_too_long = true,
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some((prose, _)) = &mut self.body {
            prose.text(text);
        } else if let Some((.., kept)) = &mut self.kept {
            if kept.len() + text.len() > self.limit {
                self.is_too_long = true;
            } else {
                kept.push_str(text);
            }
        }
    }

    /// The article, and the encoding that it was in.
    pub(super) fn finish(mut self) -> Result<(Story, Encoding), Reason> {
        if self.is_too_long {
            return Err(Reason::TooLarge { limit: self.limit });
        }
        if let Some((_, title)) = self.title {
            self.story.title = title;
        }
        if let Some((_, date)) = self.date {
            self.story.tell("date", &date);
        }
        if let Some((_, language)) = self.language {
            self.story.tell("language", &language);
        }
        Ok((self.story, self.encoding))
    }
}

/// Tables of news are scores and prices, and no prose.
fn in_prose(name: &str) -> std::borrow::Cow<'_, str> {
    match name {
        "table" => "figure".into(),
        name if name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            name.to_ascii_lowercase().into()
        }
        name => name.into(),
    }
}

/// Keeps a value that is not blank, unless there is one from a better place.
fn better(kept: &mut Option<(usize, String)>, rank: usize, value: &str) {
    if !value.trim().is_empty() && kept.as_ref().is_none_or(|(known, _)| rank < *known) {
        *kept = Some((rank, value.to_owned()));
    }
}
