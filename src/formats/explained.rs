//! Why quotations have their sources, for people: the rule, its words
//! underlined in their sentence, what lost.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::readable::{DIM, Page, ReadableOptions, SOURCE, TITLE};
use super::wrapping::clipped;
use crate::annotated::Annotated;
use crate::attribution::{Explanation, Lost, Quotation};
use crate::text::Span;

/// Under the quotation, the cue and the mention.
const UNDER_QUOTATION: char = '.';
const UNDER_CUE: char = '^';
const UNDER_MENTION: char = '=';

/// Writes one document: its title, then each quotation that it explains.
///
/// # Errors
///
/// If `out` fails; then with the error of `out`.
pub fn write(out: impl Write, annotated: &Annotated, options: ReadableOptions) -> io::Result<()> {
    let mut page = Page::new(out, options);
    let document = &annotated.document;
    if let Some(title) = document.title() {
        page.block("", TITLE, document.slice(title))?;
    }
    let legend = format!(
        "{UNDER_CUE} cue  {UNDER_MENTION} words that name the source  {UNDER_QUOTATION} quotation"
    );
    page.line("", DIM, &clipped(&legend, page.width))?;
    for explanation in &annotated.explanations {
        page.blank()?;
        explained(&mut page, annotated, explanation)?;
    }
    Ok(())
}

fn explained<W: Write>(
    page: &mut Page<W>,
    annotated: &Annotated,
    explanation: &Explanation,
) -> io::Result<()> {
    let quotation = &annotated.quotations[explanation.quotation];
    let name = quotation.source.map_or("no source", |index| &annotated.source(index).name);
    let words = annotated.document.slice(quotation.span);
    let room = page.width.saturating_sub(quotation.id.width() + 1);
    page.line(&format!("{} ", quotation.id), TITLE, &clipped(words, room))?;
    let name = page.styled(SOURCE, &clipped(name, page.width / 2));
    let sure =
        quotation.confidence.map_or(String::new(), |sure| format!("  {:.0} %", sure * 100.0));
    page.line(&format!("  {name}"), DIM, &sure)?;
    let rule = quotation.rule.as_deref().unwrap_or("no rule");
    page.block("  ", DIM, &format!("{rule}: {}", explanation.summary))?;
    for &sentence in &explanation.evidence {
        underlined(page, annotated, quotation, sentence)?;
    }
    let weighed: Vec<String> = explanation.likeliest().map(ToString::to_string).collect();
    if !weighed.is_empty() {
        page.block("  ", DIM, &format!("weighed: {}", weighed.join(", ")))?;
    }
    for lost in &explanation.lost {
        page.block("  ", DIM, &lost_line(lost))?;
    }
    for passed in &explanation.passed_over {
        let words = annotated.document.slice(passed.mention);
        page.block("  ", DIM, &format!("not \"{words}\": {}", passed.why))?;
    }
    Ok(())
}

fn lost_line(lost: &Lost) -> String {
    let said = match (&lost.rejects, &lost.source) {
        (Some(reason), _) => format!("no quotation: {reason}"),
        (None, Some(source)) => source.clone(),
        (None, None) => "no source".into(),
    };
    format!("lost to it, {}: {said}", lost.rule)
}

/// A sentence in lines as wide as the page, with a line of marks below each.
fn underlined<W: Write>(
    page: &mut Page<W>,
    annotated: &Annotated,
    quotation: &Quotation,
    sentence: Span,
) -> io::Result<()> {
    const INDENT: &str = "    ";
    let text = annotated.document.slice(sentence);
    let room = page.width.saturating_sub(INDENT.len());
    let (mut words, mut marks, mut width) = (String::new(), String::new(), 0);
    for (offset, c) in text.char_indices() {
        let c = if c.is_whitespace() { ' ' } else { c };
        let columns = c.width().unwrap_or(0);
        // A line ends at a space; a word as long as the page is cut.
        let next_space =
            text[offset..].find(char::is_whitespace).map_or(text.len(), |n| offset + n);
        let word_end = width + text[offset..next_space].width();
        let starts_word = offset == 0 || text[..offset].ends_with(char::is_whitespace);
        if width > 0 && (starts_word && word_end > room || width + columns > room) {
            flush(page, INDENT, &mut words, &mut marks)?;
            width = 0;
        }
        if width == 0 && c == ' ' || columns == 0 && c.is_control() {
            continue;
        }
        words.push(c);
        let at = sentence.start() as usize + offset;
        marks.extend(std::iter::repeat_n(mark(quotation, at), columns));
        width += columns;
    }
    flush(page, INDENT, &mut words, &mut marks)
}

fn flush<W: Write>(
    page: &mut Page<W>,
    indent: &str,
    words: &mut String,
    marks: &mut String,
) -> io::Result<()> {
    page.line(indent, anstyle::Style::new(), words.trim_end())?;
    if !marks.trim().is_empty() {
        page.line(indent, DIM, marks.trim_end())?;
    }
    words.clear();
    marks.clear();
    Ok(())
}

/// What stands below the character at byte `at`.
fn mark(quotation: &Quotation, at: usize) -> char {
    let inside = |span: Span| (span.start() as usize..span.end() as usize).contains(&at);
    if quotation.cue.is_some_and(inside) {
        UNDER_CUE
    } else if quotation.mention.is_some_and(|mention| inside(mention.span)) {
        UNDER_MENTION
    } else if inside(quotation.span) {
        UNDER_QUOTATION
    } else {
        ' '
    }
}
