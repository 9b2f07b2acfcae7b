//! The article of a page in HTML: its title, its paragraphs, and what the page
//! says about it. What is article and what is menu, comment or advertisement,
//! the heuristics of Readability find, as browsers have them for reading.

mod linked;
mod tidied;

use dom_smoothie::{Config, Readability, ReadabilityError};
use html5gum::{DefaultEmitter, Token, Tokenizer};

use self::tidied::{Tidied, tidied};
use super::prose::Prose;
use super::story::{Story, one_line};
use crate::formats::error::Reason;

/// Below so many characters Readability tries again with more of the page. Its
/// own number, 500, is more than short news has.
const SHORT: usize = 100;

/// The article of `html`, of which no more than `limit` bytes are kept.
pub(super) fn story(html: &str, limit: usize) -> Result<Story, Reason> {
    let page = tidied(html, true)?;
    let found = match found(&page.html, limit)? {
        found if found.paragraphs.is_empty() => {
            // What it was told by its class not to be, it may be still.
            let page = tidied(html, false)?;
            match self::found(&page.html, limit)? {
                found if found.paragraphs.is_empty() => {
                    let paragraphs = paragraphs(&page.html, limit)?;
                    Found { paragraphs, ..found }
                }
                found => found,
            }
        }
        found => found,
    };
    let mut story = Story { paragraphs: found.paragraphs, ..Story::default() };
    page.facts.tell(&mut story);
    if let Some(byline) = found.byline {
        story.tell("byline", &byline);
    }
    story.title = title(&page).unwrap_or(found.title);
    Ok(story)
}

/// What Readability finds.
#[derive(Default)]
struct Found {
    title: String,
    byline: Option<String>,
    paragraphs: Vec<String>,
}

fn found(html: &str, limit: usize) -> Result<Found, Reason> {
    let config =
        // What the page says about itself has been read by then, with less faith in it.
        Config { char_threshold: SHORT, disable_json_ld: true, ..Config::default() };
    let bad = |error: ReadabilityError| Reason::Html { message: error.to_string() };
    let mut readability = Readability::new(html, None, Some(config)).map_err(bad)?;
    match readability.parse() {
        Ok(article) => Ok(Found {
            paragraphs: paragraphs(&article.content, limit)?,
            title: article.title,
            byline: article.byline,
        }),
        Err(ReadabilityError::GrabFailed) => Ok(Found::default()),
        Err(error) => Err(bad(error)),
    }
}

/// The title that the page gives the article: to others, or the heading that it
/// has in common with its own title.
fn title(page: &Tidied) -> Option<String> {
    if let Some(title) = &page.facts.title {
        return Some(title.clone());
    }
    let whole = one_line(&page.title);
    let headings: Vec<_> = page.headings.iter().map(|heading| one_line(heading)).collect();
    let in_title = headings.iter().find(|it| !it.is_empty() && whole.contains(&***it));
    in_title.or(if headings.len() == 1 { headings.first() } else { None }).cloned()
}

/// The paragraphs of markup that has nothing beside them.
fn paragraphs(html: &str, limit: usize) -> Result<Vec<String>, Reason> {
    let mut prose = Prose::new(limit);
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                prose.start(&name);
                if tidied::is_void(&name) {
                    prose.end(&name);
                }
            }
            Token::EndTag(tag) => prose.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => prose.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    prose.finish().ok_or(Reason::TooLarge { limit })
}

fn tokens(html: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    // What looks like tags in a script is none.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

#[cfg(test)]
mod tests;
