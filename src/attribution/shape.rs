//! How a candidate stands in its sentence and what its words look like: what
//! can be said of it before any rule has run.

use std::ops::Range;

use super::scene::Scene;
use crate::lexicon;
use crate::marks::Family;
use crate::syntax::Class;
use crate::tokenize::TokenKind;

/// The place and looks of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate observation")]
pub struct Shape {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// The tokens between its marks.
    pub inner: Range<usize>,
    /// The sentence of its opening mark.
    pub first_sentence: usize,
    /// The sentence of its closing mark.
    pub last_sentence: usize,
    /// The paragraph of its opening mark.
    pub paragraph: usize,
    /// Number of words in it.
    pub words: usize,
    /// It begins with a capital or a number.
    pub capital: bool,
    /// It ends with a full stop, question or exclamation mark of its own.
    pub stopped: bool,
    /// It holds a finite verb, as far as the word lists show.
    pub verb: bool,
    /// It opens its sentence: nothing but a dash or a coordinator stands before it.
    pub opens_sentence: bool,
    /// Nothing follows it in its sentence but a stop.
    pub ends_sentence: bool,
    /// It stands in the title or in a heading: a short paragraph of one
    /// sentence that ends without a full stop.
    pub heading: bool,
    /// It is the whole of its paragraph.
    pub alone: bool,
    /// Other marks than its own are used for whole sentences in this
    /// document, and its own hardly ever.
    pub odd_marks: bool,
    /// A word directly before it announces a name, a term or a title.
    pub announced: bool,
}

impl Shape {
    /// Whether the candidate looks like a whole sentence or clause rather than
    /// a fragment of one.
    #[must_use]
    pub fn is_clause(&self) -> bool {
        /// So many words without a known verb still make a clause; names of
        /// works and terms are shorter.
        const LONG: usize = 7;
        (self.capital && self.stopped) || (self.verb && self.words >= 3) || self.words >= LONG
    }
}

/// Of so many whole sentences in marks, one may stand in marks of a kind that
/// the document keeps for something else.
const SELDOM: usize = 10;

/// A heading has no more words than this.
const LONGEST_HEADING: usize = 16;

pub(super) fn shapes(scene: &Scene<'_>) -> Vec<Shape> {
    let mut shapes: Vec<Shape> =
        (0..scene.candidates.len()).map(|candidate| shape(scene, candidate)).collect();
    // The convention of the document: the marks of its whole sentences.
    let mut whole = [0_usize; 4];
    for (candidate, shape) in scene.candidates.iter().zip(&shapes) {
        let sentence = shape.capital && shape.stopped && shape.words >= 3 || shape.words >= 9;
        if sentence
            && !shape.heading
            && candidate.parent.is_none()
            && candidate.family != Family::Dash
        {
            whole[candidate.family as usize] += 1;
        }
    }
    let total: usize = whole.iter().sum();
    for (candidate, shape) in scene.candidates.iter().zip(&mut shapes) {
        let own = whole[candidate.family as usize];
        shape.odd_marks = total > 0 && own * SELDOM <= total;
        // Headlines have marks of their own.
        shape.odd_marks &= !(shape.heading && candidate.family == Family::Single);
    }
    shapes
}

fn shape(scene: &Scene<'_>, candidate: usize) -> Shape {
    let it = &scene.candidates[candidate];
    let text = scene.document.text();
    let all = scene.tokenized.tokens();
    let tokens = scene.tokenized.tokens_in(it.span);
    let inner = scene.tokenized.tokens_in(it.inner);
    let first_sentence = scene.sentence_of(tokens.start);
    let last_sentence = scene.sentence_of(tokens.end - 1);
    let paragraph = scene.sentence(first_sentence).paragraph;
    let is_word = |at: usize| matches!(all[at].kind, TokenKind::Word | TokenKind::Number);
    let first_word = inner.clone().find(|&at| is_word(at));
    let last = inner.clone().rev().find(|&at| all[at].kind != TokenKind::Mark);
    let sentence = scene.sentence(first_sentence);
    let mut before = sentence.tokens.start..tokens.start;
    let after = tokens.end..scene.sentence(last_sentence).tokens.end;
    let whole_paragraph = &scene.tokenized.paragraphs()[paragraph];
    let alone = whole_paragraph.span == it.span;
    Shape {
        words: inner.clone().filter(|&at| is_word(at)).count(),
        capital: first_word.is_some_and(|at| {
            scene.tagged.is_capital(at)
                || all[at].kind == TokenKind::Number
                || starts_with_clitic(scene, at)
        }),
        stopped: last.is_some_and(|at| all[at].span.of_text(text).ends_with(['.', '!', '?', '…'])),
        verb: inner.clone().any(|at| is_finite(scene, at, tokens.start)),
        opens_sentence: before
            .all(|at| matches!(scene.word(at), "-" | "–" | "—" | "•" | "(" | "...")),
        ends_sentence: after.clone().all(|at| matches!(scene.word(at), "." | "!" | "?" | ")")),
        heading: is_heading(scene, paragraph),
        alone,
        odd_marks: false,
        announced: is_announced(scene, tokens.start, sentence.tokens.start),
        tokens,
        inner,
        first_sentence,
        last_sentence,
        paragraph,
    }
}

/// `'t Is mooi`: the capital stands in the second word.
fn starts_with_clitic(scene: &Scene<'_>, at: usize) -> bool {
    scene.word(at).starts_with('\'')
        && at + 1 < scene.tagged.len()
        && scene.tagged.is_capital(at + 1)
}

/// Whether token `at` is a finite verb as far as the word lists tell, or a
/// pronoun that is always the subject of one. `mark` is the opening mark.
fn is_finite(scene: &Scene<'_>, at: usize, mark: usize) -> bool {
    match scene.tagged.class(at) {
        Class::Auxiliary => true,
        Class::Reporting => {
            // "de ‘schets’": a noun, the determiner before the mark.
            let before = if at == mark + 1 { mark } else { at };
            before == 0 || scene.tagged.class(before - 1) != Class::Determiner
        }
        Class::Pronoun => {
            matches!(scene.word(at), "ik" | "wij" | "we" | "jij" | "hij" | "jullie" | "ge")
        }
        _ => false,
    }
}

/// Whether a paragraph is a title or a subheading.
pub(super) fn is_heading(scene: &Scene<'_>, paragraph: usize) -> bool {
    let it = &scene.tokenized.paragraphs()[paragraph];
    if scene.document.title().is_some_and(|title| title.overlaps(it.span)) {
        return true;
    }
    // First, since each candidate asks: its paragraph may be long.
    if it.sentences.len() != 1 || scene.tokenized.tokens_in(it.span).len() > LONGEST_HEADING {
        return false;
    }
    let text = scene.document.slice(it.span);
    let bare = text.trim_end_matches(['"', '\'', '”', '“', '’', '‘', '»']);
    // A quotation that fills its paragraph and stops with a full stop is text.
    !bare.ends_with(['.', ',', ';', ':', '!', '?', '…']) && !text.ends_with(['.', '!', '?'])
}

/// Whether a paragraph only points to a film, a list or another page: *Bekijk
/// hier de slotfase:*, *Lees ook:*. The text around it goes on as if it were
/// not there.
pub(super) fn is_pointer(scene: &Scene<'_>, paragraph: usize) -> bool {
    let it = &scene.tokenized.paragraphs()[paragraph];
    let tokens = scene.tokenized.tokens_in(it.span);
    it.sentences.len() == 1
        && tokens.len() <= LONGEST_HEADING
        && lexicon::is_pointing_verb(scene.word(tokens.start))
}

/// Whether the word before the mark announces what is no speech: *genaamd*,
/// *de film*, *het woord*, *de zogeheten*.
fn is_announced(scene: &Scene<'_>, mark: usize, sentence_start: usize) -> bool {
    let Some(before) = mark.checked_sub(1).filter(|&at| at >= sentence_start) else {
        return false;
    };
    let word = scene.word(before);
    lexicon::is_naming_word(word)
        || lexicon::is_work_noun(word)
        || before > sentence_start && lexicon::is_naming_pair(scene.word(before - 1), word)
}
