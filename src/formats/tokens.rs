//! Writes the tokens and sentences of a document, for people who look into a
//! corpus and for programs that start from sentences: readable text, JSON
//! lines, CoNLL-U.
//!
//! Offsets are code points, half-open. No annotation beyond tokens, sentences
//! and paragraphs is written here.

use std::io::{self, Write};

use serde::Serialize;

use super::wrapping::safe;
use crate::text::{CodePoints, Document};
use crate::tokenize::{Token, Tokenized};

/// How tokens and sentences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokensFormat {
    /// A sentence a line, its tokens with a space between them; a blank line
    /// between paragraphs.
    Text,
    /// One JSON object a document.
    Jsonl {
        /// Whether the record holds the whole text.
        with_text: bool,
    },
    /// The columns of CoNLL-U, those of the later layers empty.
    Conllu,
}

/// Writes one document.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(
    mut out: impl Write,
    document: &Document,
    tokenized: &Tokenized,
    format: TokensFormat,
) -> io::Result<()> {
    match format {
        TokensFormat::Text => write_text(&mut out, document, tokenized),
        TokensFormat::Jsonl { with_text } => write_jsonl(&mut out, document, tokenized, with_text),
        TokensFormat::Conllu => write_conllu(&mut out, document, tokenized),
    }
}

fn write_text(out: &mut impl Write, document: &Document, tokenized: &Tokenized) -> io::Result<()> {
    writeln!(out, "# {}", one_line(document.id()))?;
    let mut paragraph = 0;
    for sentence in tokenized.sentences() {
        if sentence.paragraph != paragraph {
            writeln!(out)?;
            paragraph = sentence.paragraph;
        }
        let tokens = &tokenized.tokens()[sentence.tokens.clone()];
        for (n, token) in tokens.iter().enumerate() {
            let before = if n == 0 { "" } else { " " };
            write!(out, "{before}{}", safe(document.slice(token.span)))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    sentences: Vec<SentenceRecord<'a>>,
}

#[derive(Serialize)]
struct SentenceRecord<'a> {
    start: u32,
    end: u32,
    /// Number of the paragraph, from 0.
    paragraph: usize,
    tokens: Vec<TokenRecord<'a>>,
}

#[derive(Serialize)]
struct TokenRecord<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    kind: &'static str,
}

fn write_jsonl(
    out: &mut impl Write,
    document: &Document,
    tokenized: &Tokenized,
    with_text: bool,
) -> io::Result<()> {
    let points = CodePoints::new(document.text());
    let token_record = |token: &Token| {
        let (start, end) = points.points(token.span);
        let text = document.slice(token.span);
        TokenRecord { start, end, text, kind: token.kind.name() }
    };
    let sentences = tokenized.sentences().iter().map(|sentence| {
        let (start, end) = points.points(sentence.span);
        let tokens = tokenized.tokens()[sentence.tokens.clone()].iter().map(token_record).collect();
        SentenceRecord { start, end, paragraph: sentence.paragraph, tokens }
    });
    let record = Record {
        id: document.id(),
        text: with_text.then_some(document.text()),
        sentences: sentences.collect(),
    };
    serde_json::to_writer(&mut *out, &record)?;
    out.write_all(b"\n")
}

fn write_conllu(
    out: &mut impl Write,
    document: &Document,
    tokenized: &Tokenized,
) -> io::Result<()> {
    let points = CodePoints::new(document.text());
    let id = one_line(document.id());
    writeln!(out, "# newdoc id = {id}")?;
    let mut paragraph = None;
    for (n, sentence) in tokenized.sentences().iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            writeln!(out, "# newpar")?;
            paragraph = Some(sentence.paragraph);
        }
        writeln!(out, "# sent_id = {id}-{}", n + 1)?;
        writeln!(out, "# text = {}", sentence_text(document, tokenized, n))?;
        for (number, at) in sentence.tokens.clone().enumerate() {
            let token = &tokenized.tokens()[at];
            let form = document.slice(token.span);
            let glued = is_glued(tokenized, at) && at + 1 < sentence.tokens.end;
            let space = if glued { "SpaceAfter=No|" } else { "" };
            let (start, end) = points.points(token.span);
            let kind = token.kind.name();
            writeln!(
                out,
                "{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{space}start_char={start}|end_char={end}|kind={kind}",
                number + 1,
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A sentence on one line: its tokens, with one space wherever the text has
/// white space of any kind.
fn sentence_text(document: &Document, tokenized: &Tokenized, n: usize) -> String {
    let mut line = String::new();
    let tokens = tokenized.sentences()[n].tokens.clone();
    for at in tokens.clone() {
        line.push_str(document.slice(tokenized.tokens()[at].span));
        if at + 1 < tokens.end && !is_glued(tokenized, at) {
            line.push(' ');
        }
    }
    line
}

/// Whether the next token begins where this one ends.
fn is_glued(tokenized: &Tokenized, at: usize) -> bool {
    let end = tokenized.tokens()[at].span.end();
    tokenized.tokens().get(at + 1).is_some_and(|next| next.span.start() == end)
}

/// An identifier as one line, whatever was given as one.
fn one_line(id: &str) -> String {
    safe(id).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::tokenize;

    const TEXT: &str = "Pont vaart\n\nDe 😀-pont vaart.  „Ja”,\tzei ze.";

    fn written(format: TokensFormat) -> String {
        let document = Document::new("pont", TEXT).unwrap();
        let mut out = Vec::new();
        write(&mut out, &document, &tokenize(TEXT), format).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_is_a_sentence_a_line_and_a_blank_line_between_paragraphs() {
        let wanted = "# pont\nPont vaart\n\nDe 😀 - pont vaart .\n„ Ja ” , zei ze .\n";
        assert_eq!(written(TokensFormat::Text), wanted);
    }

    #[test]
    fn json_has_offsets_in_code_points() {
        let line = written(TokensFormat::Jsonl { with_text: true });
        let record: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(record["text"], TEXT);
        let sentences = record["sentences"].as_array().unwrap();
        assert_eq!(sentences.len(), 3);
        assert_eq!(sentences[1]["paragraph"], 1);
        let characters: Vec<char> = TEXT.chars().collect();
        for token in sentences.iter().flat_map(|s| s["tokens"].as_array().unwrap()) {
            let at = |key: &str| usize::try_from(token[key].as_u64().unwrap()).unwrap();
            let words: String = characters[at("start")..at("end")].iter().collect();
            assert_eq!(token["text"], words);
        }
        let short = written(TokensFormat::Jsonl { with_text: false });
        assert!(!short.contains("\"text\":\"Pont vaart\\n"));
    }

    #[test]
    fn conllu_tells_where_no_space_follows() {
        let wanted = "\
# newpar
# sent_id = pont-2
# text = De 😀-pont vaart.
1\tDe\t_\t_\t_\t_\t_\t_\t_\tstart_char=12|end_char=14|kind=word
2\t😀\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|start_char=15|end_char=16|kind=symbol
3\t-\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|start_char=16|end_char=17|kind=punctuation
4\tpont\t_\t_\t_\t_\t_\t_\t_\tstart_char=17|end_char=21|kind=word
5\tvaart\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|start_char=22|end_char=27|kind=word
6\t.\t_\t_\t_\t_\t_\t_\t_\tstart_char=27|end_char=28|kind=punctuation

# sent_id = pont-3
# text = „Ja”, zei ze.
";
        let found = written(TokensFormat::Conllu);
        assert!(found.contains(wanted), "{found}");
        assert!(found.starts_with("# newdoc id = pont\n# newpar\n"));
    }

    #[test]
    fn an_identifier_cannot_break_the_lines() {
        let document = Document::new("a\nb", "Ja.").unwrap();
        let mut out = Vec::new();
        write(&mut out, &document, &tokenize("Ja."), TokensFormat::Text).unwrap();
        assert_eq!(out, b"# a b\nJa .\n");
    }
}
