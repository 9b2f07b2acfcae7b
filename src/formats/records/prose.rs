//! The paragraphs of marked-up text, whatever the markup: elements and text go
//! in one after the other, as NITF, XHTML and HTML have them. Knows by their
//! names which elements are paragraphs, which are no prose, and which are
//! neither; what an article's other parts are, it does not know.

/// Elements at whose ends a paragraph ends.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "blockquote", "block", "body", "bq", "center", "dd", "div", "dl", "dt",
    "fieldset", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hl1", "hl2", "hr", "li",
    "main", "note", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul",
];
/// Elements that are no prose of the article, with all that is in them.
#[rustfmt::skip]
const LEFT_OUT: &[&str] = &[
    "aside", "audio", "button", "caption", "figcaption", "figure", "fn", "footer", "head",
    "iframe", "media", "media-caption", "nav", "noscript", "object", "picture", "script", "select",
    "style", "svg", "template", "textarea", "video",
];
/// What a paragraph with a link to another article begins with.
const POINTERS: &[&str] =
    &["bekijk ook", "lees ook", "lees meer", "lees verder", "luister ook", "meer over", "zie ook"];
/// A quotation inside so many others is not one that a reader could follow.
const DEEPEST_QUOTE: usize = 8;

/// Whether an element of that name, in lower case, is a paragraph or holds some.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Paragraphs in the making.
pub(super) struct Prose {
    /// The most bytes that they may have together.
    limit: usize,
    bytes: usize,
    is_too_long: bool,
    paragraphs: Vec<String>,
    current: String,
    /// The element that is being left out, and how many of its name are open.
    left_out: Option<(String, usize)>,
    /// Places in the paragraph where a `q` begins.
    quotes: Vec<usize>,
    open_links: usize,
    open_pre: usize,
    /// Bytes of the paragraph that stand in links, without white space.
    linked: usize,
}

impl Prose {
    pub(super) const fn new(limit: usize) -> Self {
        Self {
            limit,
            bytes: 0,
            is_too_long: false,
            paragraphs: Vec::new(),
            current: String::new(),
            left_out: None,
            quotes: Vec::new(),
            open_links: 0,
            open_pre: 0,
            linked: 0,
        }
    }

    /// An element begins; its name is in lower case.
    pub(super) fn start(&mut self, name: &str) {
        if let Some((left_out, open)) = &mut self.left_out {
            *open += usize::from(left_out == name);
            return;
        }
        if LEFT_OUT.contains(&name) {
            self.end_paragraph();
            self.left_out = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "br" => self.line_break(),
            "a" => self.open_links += 1,
            "q" if self.quotes.len() < DEEPEST_QUOTE => self.quotes.push(self.current.len()),
            _ if BLOCKS.contains(&name) => {
                self.end_paragraph();
                self.open_pre += usize::from(name == "pre");
            }
            _ => {}
        }
    }

    /// An element ends.
    pub(super) fn end(&mut self, name: &str) {
        if let Some((left_out, open)) = &mut self.left_out {
            *open -= usize::from(left_out == name);
            if *open == 0 {
                self.left_out = None;
            }
            return;
        }
        match name {
            "a" => self.open_links = self.open_links.saturating_sub(1),
            "q" => self.end_quote(),
            _ if BLOCKS.contains(&name) => {
                self.end_paragraph();
                if name == "pre" {
                    self.open_pre = self.open_pre.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    /// Text, its references resolved.
    pub(super) fn text(&mut self, text: &str) {
        if self.left_out.is_some() || self.is_too_long {
            return;
        }
        for c in text.chars() {
            if c == '\n' && self.open_pre > 0 {
                self.line_break();
            } else if c.is_whitespace() {
                if !self.current.is_empty() && !self.current.ends_with([' ', '\n']) {
                    self.current.push(' ');
                }
            } else if !c.is_control() {
                self.current.push(c);
                self.linked += if self.open_links > 0 { c.len_utf8() } else { 0 };
            }
        }
        if self.bytes + self.current.len() > self.limit {
            self.is_too_long = true;
            self.paragraphs.clear();
            self.current.clear();
        }
    }

    /// A line ends; after an empty one, the paragraph.
    fn line_break(&mut self) {
        let length = self.current.trim_end_matches(' ').len();
        self.current.truncate(length);
        if self.current.ends_with('\n') {
            self.end_paragraph();
        } else if !self.current.is_empty() {
            self.current.push('\n');
        }
    }

    /// Browsers put marks around a `q`: so does this, unless it has its own.
    fn end_quote(&mut self) {
        let Some(start) = self.quotes.pop() else { return };
        let Some(quote) = self.current.get(start..) else { return };
        let words = quote.trim();
        if words.is_empty() || words.starts_with(['"', '\'', '“', '”', '„', '‘', '’', '‚', '«'])
        {
            return;
        }
        let start = start + quote.len() - quote.trim_start().len();
        let end = start + words.len();
        self.current.insert(end, '”');
        self.current.insert(start, '“');
    }

    fn end_paragraph(&mut self) {
        let paragraph = self.current.trim_end();
        let is_pointer = self.linked > 0 && is_pointer(paragraph, self.linked);
        if !paragraph.is_empty() && !is_pointer {
            self.bytes += paragraph.len();
            self.paragraphs.push(paragraph.to_owned());
        }
        self.current.clear();
        self.quotes.clear();
        self.linked = 0;
    }

    /// The paragraphs; `None` if they are longer than is allowed.
    pub(super) fn finish(mut self) -> Option<Vec<String>> {
        self.end_paragraph();
        (!self.is_too_long).then_some(self.paragraphs)
    }
}

/// Whether a paragraph only leads to another article: it is one link, or says so.
fn is_pointer(paragraph: &str, linked: usize) -> bool {
    let letters = paragraph.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
    let begins = |pointer: &&str| {
        let start = paragraph.get(..pointer.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(pointer))
    };
    linked >= letters || 2 * linked > letters && POINTERS.iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs of markup without attributes and references.
    fn paragraphs(markup: &str) -> Vec<String> {
        let mut prose = Prose::new(1000);
        for piece in markup.split_inclusive('>') {
            let (text, tag) = piece.split_once('<').unwrap_or((piece, ""));
            prose.text(text);
            match tag.trim_end_matches('>') {
                "" => {}
                tag => match tag.strip_prefix('/') {
                    Some(name) => prose.end(name),
                    None => prose.start(tag),
                },
            }
        }
        prose.finish().unwrap()
    }

    #[test]
    fn blocks_are_paragraphs_and_white_space_is_one_space() {
        let found =
            paragraphs("<div>Los <p> Een\n  twee </p><h2>Kop</h2><ul><li>Punt</ul>\u{a0}na");
        assert_eq!(found, ["Los", "Een twee", "Kop", "Punt", "na"]);
        assert_eq!(paragraphs("<p>Hij zei<em> nee</em>.</p><p></p>"), ["Hij zei nee."]);
    }

    #[test]
    fn a_line_break_stays_and_two_are_a_paragraph() {
        assert_eq!(paragraphs("<p>Een <br> twee<br><br>drie<br></p>"), ["Een\ntwee", "drie"]);
        assert_eq!(paragraphs("<pre>Een\ntwee\n\ndrie</pre>"), ["Een\ntwee", "drie"]);
    }

    #[test]
    fn what_is_no_prose_is_left_out() {
        let markup = "<p>Een.</p><figure><figure>a</figure><figcaption>b</figcaption>c</figure>\
                      <p>Twee.<script>d</script></p>";
        assert_eq!(paragraphs(markup), ["Een.", "Twee."]);
    }

    #[test]
    fn what_only_leads_elsewhere_is_left_out() {
        let markup = "<p>Lees ook: <a>Brug dicht</a></p><p><a>Meer nieuws</a></p>\
                      <p>Zij <a>zei</a> nee.</p><p>Lees ook de <a>bon</a>, zegt zij elke dag.</p>";
        assert_eq!(paragraphs(markup), ["Zij zei nee.", "Lees ook de bon, zegt zij elke dag."]);
    }

    #[test]
    fn a_q_gets_marks_unless_it_has_them() {
        assert_eq!(
            paragraphs("<p>Zij: <q> Nee </q>, zei <q>‘Ja’</q></p>"),
            ["Zij: “Nee” , zei ‘Ja’"]
        );
    }

    #[test]
    fn what_is_too_long_is_not_kept() {
        let mut prose = Prose::new(10);
        prose.text("0123456789");
        prose.end("p");
        prose.text("x");
        assert_eq!(prose.finish(), None);
    }
}
