//! Apostrophes at the head and at the end of words: *'s*, *'90*, *Hans'*. Those
//! inside words need no thought.

use super::words::{is_apostrophe, is_mark, is_space, is_word};
use crate::lexicon;

/// Whether a word begins with the apostrophe `c` at the head of `rest`: *'s*,
/// *'t*, *'n*, *'90*, *'s-Hertogenbosch*. Within single marks (*'Zo is 't'*) a
/// mark behind it closes those.
pub(super) fn clitic(rest: &str, c: char, within: bool) -> bool {
    let tail = &rest[c.len_utf8()..];
    let end = tail.find(|c| !is_word(c)).unwrap_or(tail.len());
    let (stem, after) = tail.split_at(end);
    let closed = within || !after.starts_with(is_apostrophe);
    let is_year = |digits: &str| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    // '90, and '90er.
    let year = stem.len() <= 4
        && stem.is_char_boundary(2)
        && is_year(&stem[..2.min(stem.len())])
        && matches!(stem.get(2..), Some("" | "er"));
    // Rock 'n' Roll
    let both_sides = stem.eq_ignore_ascii_case("n") && after.starts_with(c);
    (closed && (year || lexicon::is_clitic(stem))) || both_sides
}

/// Whether the apostrophe between `word` and `after` is a genitive's: after a
/// hiss, and before the noun that it needs. The caller has seen that no single
/// mark stands open.
pub(super) fn genitive(word: &str, after: &str) -> bool {
    let hiss = word.ends_with(['s', 'x', 'z', 'S', 'X', 'Z']);
    let mut next = after.chars();
    hiss && next.next().is_some_and(|c| is_space(c) && c != '\n')
        && next.next().is_some_and(is_word)
}

/// Whether the apostrophe after `word` stands for a French or Italian vowel,
/// and a space was put behind it: *l' Eau*.
pub(super) fn elides(word: &str, after: &str) -> bool {
    let mut next = after.chars();
    ["l", "d", "L", "D", "qu"].contains(&word)
        && next.next() == Some(' ')
        && next.next().is_some_and(char::is_alphabetic)
}

/// Whether `word`, before the apostrophe `c`, is the *'n* of *Rock 'n' Roll*.
pub(super) fn is_and(word: &str, c: char) -> bool {
    word.strip_prefix(c).is_some_and(|letter| letter.eq_ignore_ascii_case("n"))
}

/// How many single marks stand open on a line: while one does, an apostrophe
/// at the end of a word may close it.
#[derive(Default)]
pub(super) struct SingleMarks {
    open: u32,
}

impl SingleMarks {
    pub(super) fn is_open(&self) -> bool {
        self.open > 0
    }

    /// Passes the mark `mark` that stands between `before` and `after`.
    pub(super) fn pass(&mut self, mark: &str, before: Option<char>, after: Option<char>) {
        let mut characters = mark.chars();
        let (Some('\'' | '’' | '‘' | '‚' | '‛' | '`' | '´'), None) =
            (characters.next(), characters.next())
        else {
            return;
        };
        let glued = after.is_some_and(|c| !is_space(c));
        let opens = match before {
            None => true,
            Some(c) if is_space(c) || matches!(c, '(' | '[' | '-' | '–' | '—' | ':' | '/') => {
                true
            }
            Some(c) if is_mark(c) => after.is_some_and(is_word),
            Some(_) => matches!(mark, "‘" | "‚"),
        };
        if opens && glued {
            self.open += 1;
        } else if !opens {
            self.open = self.open.saturating_sub(1);
        }
    }
}
