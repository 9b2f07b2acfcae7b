//! Reads CoNLL-U, as far as tokens and sentences go.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;

use anyhow::{Context, bail, ensure};
use flate2::read::GzDecoder;

use super::scores::Segmentation;

/// Where the raw text has line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// Nowhere.
    None,
    /// After each sentence that ends without a mark.
    AfterHeadings,
}

/// The sentences of a treebank.
pub(super) struct Treebank {
    texts: Vec<String>,
    gold: Segmentation,
}

impl Treebank {
    /// Reads a `.conllu` file, or one that is packed as `.gz`.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let packed = path.extension().is_some_and(|extension| extension == "gz");
        let input: Box<dyn Read> =
            if packed { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
        Self::parse(input).with_context(|| format!("{} is no CoNLL-U", path.display()))
    }

    fn parse(input: impl Read) -> anyhow::Result<Self> {
        let mut treebank = Self { texts: Vec::new(), gold: Segmentation::default() };
        // Words up to this one are parts of a token that was already read.
        let mut covered = 0;
        let mut open = false;
        for line in BufReader::new(input).lines() {
            let line = line?;
            if let Some(text) = line.strip_prefix("# text = ") {
                treebank.texts.push(text.trim().to_owned());
            } else if line.is_empty() && open {
                treebank.gold.end_sentence();
                (covered, open) = (0, false);
            } else if !line.is_empty() && !line.starts_with('#') {
                let mut columns = line.split('\t');
                let (Some(id), Some(form)) = (columns.next(), columns.next()) else {
                    bail!("a line without columns: {line}");
                };
                open = true;
                if let Some((_, last)) = id.split_once('-') {
                    covered = last.parse().context("a range of words without an end")?;
                    treebank.gold.token(form);
                } else if !id.contains('.') && id.parse::<u32>().context("no number")? > covered {
                    treebank.gold.token(form);
                }
            }
        }
        if open {
            treebank.gold.end_sentence();
        }
        ensure!(!treebank.texts.is_empty(), "no sentence has a `# text`");
        Ok(treebank)
    }

    pub(super) fn gold(&self) -> &Segmentation {
        &self.gold
    }

    /// The raw text: the sentences joined by a space, or by a line break.
    pub(super) fn text(&self, breaks: Breaks) -> String {
        let mut text = String::new();
        for sentence in &self.texts {
            text.push_str(sentence);
            let broken = breaks == Breaks::AfterHeadings && is_heading(sentence);
            text.push(if broken { '\n' } else { ' ' });
        }
        text
    }
}

/// Whether a sentence ends without a mark. Closing quotation marks and brackets
/// do not count as one, a colon does.
fn is_heading(sentence: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']') || c == ' ';
    !sentence.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ud::scores::Layer;

    const FILE: &str = "\
# sent_id = 1
# text = Uit de Alpen
1\tUit\t_
2\tde\t_
3\tAlpen\t_

# sent_id = 2
# text = Vertel's wat.
1-2\tVertel's\t_
1\tVertel\t_
2\teens\t_
2.1\tjij\t_
3\twat\tSpaceAfter=No
4\t.\t_
";

    #[test]
    fn tokens_of_several_words_count_once_and_empty_words_not() {
        let treebank = Treebank::parse(FILE.as_bytes()).unwrap();
        let tokens = treebank.gold().spans(Layer::Tokens);
        assert_eq!(tokens, [0..3, 3..5, 5..10, 10..18, 18..21, 21..22]);
        assert_eq!(treebank.gold().spans(Layer::Sentences), [0..10, 10..22]);
    }

    #[test]
    fn a_line_break_follows_a_heading_where_it_is_wanted() {
        let treebank = Treebank::parse(FILE.as_bytes()).unwrap();
        assert_eq!(treebank.text(Breaks::None), "Uit de Alpen Vertel's wat. ");
        assert_eq!(treebank.text(Breaks::AfterHeadings), "Uit de Alpen\nVertel's wat. ");
        assert!(!is_heading("Hij zei \"ja.\"") && is_heading("Brug (oud)"));
    }

    #[test]
    fn what_is_no_treebank_is_refused() {
        assert!(Treebank::parse("zomaar een tekst\n".as_bytes()).is_err());
        assert!(Treebank::parse("".as_bytes()).is_err());
    }
}
