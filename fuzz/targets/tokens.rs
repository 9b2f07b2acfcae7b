//! Any text has tokens, and loses nothing but white space between them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wiezei::text::Span;
use wiezei::tokenize::tokenize;

fuzz_target!(|text: &str| {
    let tokenized = tokenize(text);
    let mut end = 0;
    for token in tokenized.tokens() {
        assert!(!token.span.is_empty() && token.span.start() >= end);
        let between = Span::new(end, token.span.start()).of_text(text);
        assert!(between.chars().all(is_blank), "lost {between:?}");
        let _ = token.span.of_text(text);
        end = token.span.end();
    }
    assert!(text[end as usize..].chars().all(is_blank), "lost the end");
    let in_sentences: usize = tokenized.sentences().iter().map(|it| it.tokens.len()).sum();
    assert_eq!(in_sentences, tokenized.tokens().len());
});

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}')
}
