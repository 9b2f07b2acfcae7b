//! Laws that hold for every text, tried on arbitrary and on nasty ones.

use std::time::Instant;

use proptest::prelude::*;

use wiezei::annotated::Annotated;
use wiezei::formats::Origin;
use wiezei::formats::records::{Columns, Form, RecordOptions, Records};
use wiezei::ner::{Entity, Label, Recorded};
use wiezei::pipeline::Pipeline;
use wiezei::text::{Document, Span};
use wiezei::tokenize::tokenize;

/// Annotates `text`, with every third token as a name.
fn annotate(text: &str) -> Annotated {
    let labels = Label::ALL;
    let tokens = tokenize(text);
    let names = tokens
        .tokens()
        .iter()
        .step_by(3)
        .enumerate()
        .map(|(n, token)| Entity { span: token.span, label: labels[n % 4], score: 0.9 })
        .collect();
    let mut recorded = Recorded::new();
    recorded.insert("law", names);
    let document = Document::new("law", text).unwrap();
    Pipeline::new(Box::new(recorded)).annotate(vec![document]).unwrap().remove(0)
}

/// Every span that an annotation holds.
fn spans(annotated: &Annotated) -> Vec<Span> {
    let mut spans: Vec<Span> = annotated.names.iter().map(|entity| entity.span).collect();
    spans.extend(annotated.sources.iter().flat_map(|s| s.mentions.iter().map(|m| m.span)));
    for quotation in &annotated.quotations {
        spans.push(quotation.span);
        spans.extend(quotation.cue);
        spans.extend(quotation.medium);
        spans.extend(quotation.mention.map(|mention| mention.span));
    }
    spans.extend(annotated.not_quotations.iter().map(|not| not.span));
    spans
}

fn check(text: &str) {
    let tokenized = tokenize(text);
    let mut end = 0;
    for token in tokenized.tokens() {
        assert!(!token.span.is_empty(), "an empty token in {text:?}");
        assert!(token.span.start() >= end, "tokens overlap in {text:?}");
        let between = Span::new(end, token.span.start()).of_text(text);
        assert!(between.chars().all(is_blank), "lost {between:?} of {text:?}");
        let _ = token.span.of_text(text);
        end = token.span.end();
    }
    assert!(text[end as usize..].chars().all(is_blank), "lost the end of {text:?}");
    let sentences = tokenized.sentences();
    let in_sentences: usize = sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    assert_eq!(in_sentences, tokenized.tokens().len(), "tokens outside sentences in {text:?}");
    let in_paragraphs: usize = tokenized.paragraphs().iter().map(|p| p.sentences.len()).sum();
    assert_eq!(in_paragraphs, sentences.len(), "sentences outside paragraphs in {text:?}");

    let annotated = annotate(text);
    for span in spans(&annotated) {
        // Slicing panics where a span cuts a character or leaves the text.
        let _ = span.of_text(text);
    }
    for quotation in &annotated.quotations {
        if let Some(index) = quotation.source {
            assert!(index.0 < annotated.sources.len());
        }
        if let Some(parent) = quotation.parent {
            assert!(annotated.quotations[parent].span.contains(quotation.span));
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Words, marks and breaks in any order: more like news than noise is.
fn newsy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\""),
        Just("„"),
        Just("”"),
        Just("“"),
        Just("'"),
        Just("’"),
        Just("‘"),
        Just("«"),
        Just("»"),
        Just(" "),
        Just(" "),
        Just(" "),
        Just("\n\n"),
        Just("\n"),
        Just("\r\n\r\n"),
        Just(". "),
        Just(", "),
        Just(": "),
        Just("?"),
        Just("!"),
        Just("..."),
        Just("-"),
        Just("zegt "),
        Just("hij "),
        Just("volgens "),
        Just("aldus "),
        Just("Anna "),
        Just("de "),
        Just("burgemeester "),
        Just("van "),
        Just("politie "),
        Just("dat "),
        Just("'s "),
        Just("liet "),
        Just("weten "),
        Just("die "),
        Just("Ja"),
        Just("é"),
        Just("😀"),
        Just("caf\u{e9} "),
        Just("e\u{301}"),
        Just("dijk\u{ad}huis "),
        Just("\u{feff}"),
        Just("12.5 "),
        Just("o.a. "),
        Just("http://x.nl/'"),
        Just("het "),
        Just("(45) "),
        Just("(oud-)"),
        Just("/"),
        Just(",,"),
        Just("''"),
        Just("🇳🇱"),
        Just("1️⃣"),
        Just("Jan D. "),
        Just("max. "),
        Just("5%"),
        Just("-ie "),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// The articles of `corpus/`.
fn articles() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    assert!(paths.len() >= 4, "the example articles were not found");
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

const MARKS: [&str; 16] =
    ["\"", "'", "“", "”", "„", "‘", "’", "‚", "«", "»", "‹", "›", ",,", "''", "", "\"\""];

/// Words of an article in any order, with the white space that stood behind
/// each.
fn shuffled() -> impl Strategy<Value = String> {
    let words = |article: String| {
        let words: Vec<String> = article.split_inclusive([' ', '\n']).map(str::to_owned).collect();
        Just(words).prop_shuffle().prop_map(|words| words.concat())
    };
    prop::sample::select(articles()).prop_flat_map(words)
}

/// An article with another mark, or none, in the place of each of its own.
fn with_marks_swapped() -> impl Strategy<Value = String> {
    let is_mark = |c: char| "\"'“”„‘’‚«»".contains(c);
    prop::sample::select(articles()).prop_flat_map(move |article| {
        let count = article.chars().filter(|c| is_mark(*c)).count();
        prop::collection::vec(prop::sample::select(&MARKS[..]), count).prop_map(move |marks| {
            let mut marks = marks.into_iter();
            let mut swapped = String::new();
            for c in article.chars() {
                match is_mark(c).then(|| marks.next()).flatten() {
                    Some(mark) => swapped.push_str(mark),
                    None => swapped.push(c),
                }
            }
            swapped
        })
    })
}

/// A stretch out of an article, its ends in words or marks.
fn cut() -> impl Strategy<Value = String> {
    (prop::sample::select(articles()), any::<prop::sample::Index>(), any::<prop::sample::Index>())
        .prop_map(|(article, one, other)| {
            let ends = [one.index(article.len()), other.index(article.len())];
            let [one, other] = ends.map(|at| article.floor_char_boundary(at));
            article[one.min(other)..one.max(other)].to_owned()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn laws_hold_for_articles_with_their_words_shuffled(text in shuffled()) {
        check(&text);
    }

    #[test]
    fn laws_hold_for_articles_with_their_marks_swapped(text in with_marks_swapped()) {
        check(&text);
    }

    #[test]
    fn laws_hold_for_articles_cut_anywhere(text in cut()) {
        check(&text);
    }
}

/// Sixteen times the text takes about sixteen times as long, where work that grew
/// with the square would take 256 times as long. Four times what is due leaves
/// room for a machine that is busy with something else.
#[test]
fn time_grows_with_the_text_and_not_with_its_square() {
    const TIMES: u32 = 16;
    let seconds = |text: &str| {
        let document = Document::new("run", text).unwrap();
        let pipeline = Pipeline::new(Box::new(Recorded::new()));
        let start = Instant::now();
        assert_eq!(pipeline.marks(vec![document]).unwrap().len(), 1);
        start.elapsed().as_secs_f64()
    };
    // What is read once for all is no part of it.
    seconds("Zij zegt: \"Ja.\"");
    for run in ["\"a\n\n", "hij: \"a\" ", "noemt \"a\" ", "\"a b c\"\n\n", "\"'„‘«"] {
        let short = seconds(&run.repeat(1000));
        let long = seconds(&run.repeat(1000 * TIMES as usize));
        let bound = 4.0 * f64::from(TIMES);
        assert!(long < bound * short, "{run:?} took {short:.2} s, and then {long:.2} s");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn laws_hold_for_any_string(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn laws_hold_for_text_like_news(text in newsy()) {
        check(&text);
    }
}

#[test]
fn laws_hold_for_the_example_articles() {
    for text in articles() {
        check(&text);
        // Cut anywhere, the laws hold still.
        for (at, _) in text.char_indices().step_by(97) {
            check(&text[at..]);
            check(&text[..at]);
        }
    }
}

#[test]
fn long_runs_take_linear_time_and_do_not_panic() {
    for run in
        ["\"", "'", "„", "a", "\" '", "\"a ", "\n\n", "Anna zegt: \"", ".", "a.", "Hij zegt "]
    {
        let text = run.repeat(20_000);
        let document = Document::new("run", text.as_str()).unwrap();
        let pipeline = Pipeline::new(Box::new(Recorded::new()));
        assert_eq!(pipeline.annotate(vec![document]).unwrap().len(), 1);
    }
}

/// Processor time of this thread, which a busy machine does not lengthen.
#[cfg(unix)]
fn processor_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// Text of one thing over and over, with and without a name in each: four times
/// the length takes about four times the time, where work that grew with the
/// square would take sixteen times as long.
#[cfg(unix)]
#[test]
fn time_grows_with_the_length_of_hostile_text() {
    const SHORT: usize = 20_000;
    let seconds = |text: &str| {
        // Jansen, with the word before.
        let name = |(at, surname): (usize, &str)| {
            let start = text[..at - 1].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |n| n + 1);
            Entity { span: Span::of(start..at + surname.len()), label: Label::Per, score: 0.9 }
        };
        let mut names = Recorded::new();
        names.insert("run", text.match_indices("Jansen").map(name).collect());
        let document = Document::new("run", text).unwrap();
        let pipeline = Pipeline::new(Box::new(names));
        let start = processor_seconds();
        assert_eq!(pipeline.annotate(vec![document]).unwrap().len(), 1);
        processor_seconds() - start
    };
    // What is read once for all is no part of it.
    seconds("Zij zegt: \"Ja.\"");
    #[rustfmt::skip]
    let runs = [
        "\"", "'", "„", "woord", "woord ", "„“‚‘", "„a “b ‚c ‘d ", "«a ‹b ", "\"'", "Jan Jansen ",
        "Jan Jansen zegt dat ", "\"Jan Jansen\" ", "\"Ja\", zegt Jan Jansen. ",
        "volgens Jan Jansen, ", "Jan# Jansen zegt nee. ", "\"Jan# Jansen\" ",
    ];
    for run in runs {
        let text = |bytes: usize| -> String {
            let number = |n: usize| run.replace('#', &format!("{n:05}"));
            (0..bytes / run.len()).map(number).collect()
        };
        let (short, long) = (seconds(&text(SHORT)), seconds(&text(4 * SHORT)));
        assert!(long < 10.0 * short + 0.05, "{run:?} took {short:.3} s, and then {long:.3} s");
    }
}

/// The same for markup, nested or never closed, before it is a text.
#[cfg(unix)]
#[test]
fn time_grows_with_the_length_of_hostile_markup() {
    const SHORT: usize = 10_000;
    let file = tempfile::NamedTempFile::new().unwrap();
    let seconds = |form: Form, markup: &str| {
        std::fs::write(file.path(), markup).unwrap();
        let options = RecordOptions { form, columns: Columns::default(), max_bytes: 1 << 20 };
        let start = processor_seconds();
        let records = Records::open(&Origin::Path(file.path().to_owned()), &options).unwrap();
        assert!(records.count() <= 1 + markup.len() / 4);
        processor_seconds() - start
    };
    seconds(Form::Html, "<p>Ja, zegt zij.</p>");
    #[rustfmt::skip]
    let runs = [
        "<", "<div>", "<p>", "<b>", "<p>a<b>", "<font size=#>", "<p>a<font size=#>", "<a href=x>",
        "<table>", "<table><td>", "<table>a", "<ul><li>", "</p>", "</div>", "<q>", "<q>a", "a<br>",
        "<h1>a", "<div class=share>", "<nav>", "<!--", "<a #=1 ", "&amp;", "&quot", "<svg><p>",
        "<p>ja, nee, ja, nee, ja, nee</p>", "<div><p>ja, nee, ja, nee</p>", "<meta name=# content=a>",
        "<script>", "<button><p>", "<section><a>a</a>",
    ];
    for form in [Form::Html, Form::Xml] {
        let begin = if form == Form::Xml { "<nitf><body><body.content><p>" } else { "<body>" };
        for run in runs {
            let markup = |bytes: usize| -> String {
                let number = |n: usize| run.replace('#', &format!("a{n:05}"));
                std::iter::once(begin.into()).chain((0..bytes / run.len()).map(number)).collect()
            };
            let short = seconds(form, &markup(SHORT));
            let long = seconds(form, &markup(4 * SHORT));
            let said = format!("{form:?} of {run:?} took {short:.3} s, and then {long:.3} s");
            assert!(long < 10.0 * short + 0.05, "{said}");
        }
    }
}

/// A megabyte without a break takes time linear in it: if each character made
/// the tokenizer look at all others, it would take hours.
#[test]
fn a_megabyte_of_anything_is_read_in_seconds() {
    const BYTES: usize = 1 << 20;
    let check = |text: &str| {
        let start = Instant::now();
        assert!(tokenize(text).tokens().len() <= text.len());
        let taken = start.elapsed();
        assert!(taken.as_secs() < 60, "{:?}… took {taken:?}", &text[..text.floor_char_boundary(9)]);
    };
    for run in ["a", "7", ".", "'"] {
        check(&run.repeat(BYTES));
    }
    #[rustfmt::skip]
    let runs = [
        "A", "’", "\"", ",", "-", "?", "*", "(", ")", "/", "é", "😀", "🇳", "\u{200d}", "a.", "A.",
        "7.", "a'", "a-'", "A/", "a/", "a@", "a#", "(a", "(a)", "a?", "*a", "=D.", ". \"", "\" ",
        "J. ", "www.", "a.nl/", "A/A ", "\n", " \n \n", "'s ", "Hans' ", ",,a'' ", "max. ",
    ];
    for run in runs {
        check(&run.repeat(BYTES / 4 / run.len()));
    }
    // A long word beside many short ones.
    let long = "A".repeat(BYTES);
    check(&format!("{long} {}", "A/".repeat(BYTES / 2)));
    check(&format!("{} {long}", "=D.".repeat(BYTES / 4)));
}
