//! Wordpieces: the tokenizer of a model, made ready for raw Dutch text. Knows
//! which ids stand before and after every text, and where each wordpiece
//! begins in it.

use std::fs;
use std::path::Path;

use tokenizers::models::ModelWrapper;
use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::{BertNormalizer, NFC, Sequence as Normalizers};
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::pre_tokenizers::sequence::Sequence as PreTokenizers;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{AddedToken, Encoding, SplitDelimiterBehavior, Tokenizer};

use crate::error::ModelError;
use crate::ner::models::{Cleaning, ModelFolder, TokenizerFile};

/// Pictures: technical and other symbols, dingbats, emoji, and the selectors
/// that follow them. A vocabulary for text rarely holds them, and what holds an
/// unknown character is unknown as a whole: a name with an emoji behind it
/// would be lost. So they are set apart.
const PICTURES: &str =
    r"[\x{2300}-\x{23FF}\x{2460}-\x{2BFF}\x{1F000}-\x{1FBFF}\x{FE00}-\x{FE0F}\x{20E3}]+";

/// The wordpieces of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ner) struct Pieces {
    /// Which they are.
    pub(in crate::ner) ids: Vec<i64>,
    /// The bytes of the text, from and up to, that each stands for.
    pub(in crate::ner) offsets: Vec<(usize, usize)>,
}

/// The tokens that a list of words has besides words.
const SPECIAL: [&str; 5] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/// What may stand before and after every text, where the tokenizer does not
/// say it: BERT's and `RoBERTa`'s.
const SURROUNDINGS: [(&str, &str); 2] = [("[CLS]", "[SEP]"), ("<s>", "</s>")];

/// The tokenizer of a model.
pub(in crate::ner) struct Wordpieces {
    tokenizer: Tokenizer,
    before: Vec<i64>,
    after: Vec<i64>,
}

impl Wordpieces {
    /// Loads the tokenizer of `folder`.
    ///
    /// # Errors
    ///
    /// [`ModelError::BadFile`] if its file cannot be read, is none, has ids
    /// that the model has not, or does not say what stands around a text.
    pub(in crate::ner) fn load(folder: &ModelFolder) -> Result<Self, ModelError> {
        let path = folder.tokenizer();
        let tokenizer = match folder.tokenizer_file() {
            TokenizerFile::Whole => whole(&path),
            TokenizerFile::WordList(cleaning) => of_words(&path, cleaning),
        };
        tokenizer
            .and_then(|tokenizer| Self::new(tokenizer, folder.sizes().vocabulary))
            .map_err(|reason| ModelError::BadFile { path, reason })
    }

    fn new(mut tokenizer: Tokenizer, vocabulary: usize) -> Result<Self, String> {
        let highest = tokenizer.get_vocab(true).into_values().max().unwrap_or_default();
        if highest as usize >= vocabulary {
            return Err(format!("has the id {highest}, where the model has {vocabulary} ids"));
        }
        // Length and padding are our own affair, and a text that says "[SEP]"
        // says nothing to the model.
        tokenizer.with_truncation(None).map_err(|error| error.to_string())?;
        tokenizer.with_padding(None);
        tokenizer.set_encode_special_tokens(true);
        compose_characters(&mut tokenizer);
        // Where bytes or single letters are wordpieces, nothing is unknown as a
        // whole, and a text that is cut elsewhere reads as having a space there.
        if matches!(tokenizer.get_model(), ModelWrapper::WordPiece(_)) {
            set_pictures_apart(&mut tokenizer)?;
        }
        let (before, after) = surroundings(&tokenizer)?;
        Ok(Self { tokenizer, before, after })
    }

    /// The wordpieces of `text`, with nothing around them.
    ///
    /// # Errors
    ///
    /// [`ModelError::Inference`] if the tokenizer fails.
    pub(in crate::ner) fn encode(&self, text: &str) -> Result<Pieces, ModelError> {
        let encoding = self
            .tokenizer
            .encode(text, false)
            .map_err(|error| ModelError::Inference(error.to_string()))?;
        Ok(Pieces { ids: ids(encoding.get_ids()), offsets: encoding.get_offsets().to_vec() })
    }

    /// The ids of a whole input: `pieces` with what stands around every text.
    pub(in crate::ner) fn surround(&self, pieces: &[i64]) -> Vec<i64> {
        [&self.before, pieces, &self.after].concat()
    }

    /// How many ids stand before the wordpieces of a text.
    pub(in crate::ner) fn lead(&self) -> usize {
        self.before.len()
    }

    /// How many ids stand around the wordpieces of a text.
    pub(in crate::ner) fn around(&self) -> usize {
        self.before.len() + self.after.len()
    }
}

/// The tokenizer of a `tokenizer.json`.
fn whole(path: &Path) -> Result<Tokenizer, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    Tokenizer::from_bytes(bytes).map_err(|error| error.to_string())
}

/// BERT's tokenizer over the words of a `vocab.txt`, one a line.
fn of_words(path: &Path, cleaning: Cleaning) -> Result<Tokenizer, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let words = text.lines().map(str::trim_end).zip(0_u32..);
    let vocabulary = words.map(|(word, id)| (word.to_owned(), id)).collect();
    let model = WordPiece::builder()
        .vocab(vocabulary)
        .unk_token("[UNK]".into())
        .build()
        .map_err(|error| error.to_string())?;
    let mut tokenizer = Tokenizer::new(model);
    if let Some(word) = SPECIAL[1..4].iter().find(|word| tokenizer.token_to_id(word).is_none()) {
        return Err(format!("has no {word}, as the list of words of a BERT has"));
    }
    let Cleaning { lowercase, strip_accents } = cleaning;
    tokenizer.with_normalizer(Some(BertNormalizer::new(
        true,
        true,
        Some(strip_accents),
        lowercase,
    )));
    tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
    let special = SPECIAL.iter().filter(|word| tokenizer.token_to_id(word).is_some());
    let special: Vec<_> = special.map(|&word| AddedToken::from(word, true)).collect();
    tokenizer.add_special_tokens(&special);
    Ok(tokenizer)
}

fn ids(ids: &[u32]) -> Vec<i64> {
    ids.iter().copied().map(i64::from).collect()
}

/// Has letters and accents that come apart (NFD, as some sites serve it) put
/// together before anything else, as vocabularies have them.
fn compose_characters(tokenizer: &mut Tokenizer) {
    let mut steps = vec![NFC.into()];
    steps.extend(tokenizer.get_normalizer().cloned());
    tokenizer.with_normalizer(Some(Normalizers::new(steps)));
}

/// Has [`PICTURES`] split off from the words they are attached to.
fn set_pictures_apart(tokenizer: &mut Tokenizer) -> Result<(), String> {
    let pattern = SplitPattern::Regex(PICTURES.to_owned());
    let split = Split::new(pattern, SplitDelimiterBehavior::Isolated, false)
        .map_err(|error| error.to_string())?;
    let mut steps = vec![split.into()];
    steps.extend(tokenizer.get_pre_tokenizer().cloned());
    tokenizer.with_pre_tokenizer(Some(PreTokenizers::new(steps)));
    Ok(())
}

/// The ids before and after every text: what the tokenizer's post-processor
/// puts there, or one of [`SURROUNDINGS`] where it has none.
fn surroundings(tokenizer: &Tokenizer) -> Result<(Vec<i64>, Vec<i64>), String> {
    let probe = |special| -> Result<Encoding, String> {
        tokenizer.encode("a", special).map_err(|error| error.to_string())
    };
    let (bare, whole) = (probe(false)?, probe(true)?);
    if whole.len() > bare.len() {
        let mask = whole.get_special_tokens_mask();
        let before = mask.iter().take_while(|&&special| special == 1).count();
        let after = (before + bare.len()).min(whole.len());
        return Ok((ids(&whole.get_ids()[..before]), ids(&whole.get_ids()[after..])));
    }
    let known = SURROUNDINGS.iter().find_map(|(first, last)| {
        Some((tokenizer.token_to_id(first)?, tokenizer.token_to_id(last)?))
    });
    match known {
        Some((first, last)) => Ok((vec![first.into()], vec![last.into()])),
        None => Err("has neither a post-processor nor the tokens [CLS] and [SEP]".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::transformer::testing::{TinyCopy, tiny};

    fn encode(text: &str) -> Pieces {
        Wordpieces::load(&tiny()).unwrap().encode(text).unwrap()
    }

    fn pieces(text: &str) -> Vec<&str> {
        encode(text).offsets.into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn offsets_are_bytes_of_the_raw_text() {
        assert_eq!(pieces("„é’ ja"), ["„", "é", "’", "j", "a"]);
        // A soft hyphen is dropped; what stands around it is one word.
        let split = encode("ja\u{ad}ja");
        assert_eq!(split.ids, encode("jaja").ids);
        assert_eq!(split.offsets.iter().map(|&(start, _)| start).collect::<Vec<_>>(), [0, 1, 4, 5]);
    }

    #[test]
    fn pictures_do_not_hide_the_word_they_are_attached_to() {
        assert_eq!(pieces("Ian😀"), ["I", "a", "n", "😀"]);
        assert_eq!(
            pieces("👩\u{200d}🚒Ian❤\u{fe0f}."),
            ["👩\u{200d}🚒", "I", "a", "n", "❤\u{fe0f}", "."]
        );
    }

    #[test]
    fn letters_and_accents_apart_are_put_together() {
        let apart = encode("Ie\u{301} na");
        assert_eq!(apart.ids, encode("Ié na").ids);
        assert_eq!(apart.offsets[2].0, "Ie\u{301} ".len());
    }

    #[test]
    fn a_text_that_spells_a_special_token_is_text() {
        let ids = encode("[SEP]").ids;
        assert!(!ids.contains(&3), "{ids:?}");
    }

    #[test]
    fn what_stands_around_a_text_is_known_with_and_without_a_post_processor() {
        let template = Wordpieces::load(&tiny()).unwrap();
        assert_eq!(template.surround(&[7, 8]), [2, 7, 8, 3]);
        assert_eq!((template.lead(), template.around()), (1, 2));
        let copy = TinyCopy::new();
        copy.edit_tokenizer(|json| json["post_processor"] = serde_json::Value::Null);
        let plain = Wordpieces::load(&copy.open()).unwrap();
        assert_eq!(plain.surround(&[7, 8]), [2, 7, 8, 3]);
    }

    #[test]
    fn truncation_and_padding_of_the_file_are_not_ours() {
        let copy = TinyCopy::new();
        copy.edit_tokenizer(|json| {
            json["truncation"] = serde_json::json!({"direction": "Right", "max_length": 6,
                "strategy": "LongestFirst", "stride": 0});
            json["padding"] = serde_json::json!({"strategy": {"Fixed": 16}, "direction": "Right",
                "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"});
        });
        let wordpieces = Wordpieces::load(&copy.open()).unwrap();
        assert_eq!(wordpieces.encode("een twee drie").unwrap().ids.len(), 11);
        assert_eq!(wordpieces.encode("een").unwrap().ids.len(), 3);
    }

    #[test]
    fn a_list_of_words_without_what_it_needs_is_refused() {
        let words = "[PAD]\n[UNK]\n[SEP]\na\n";
        let folder = TinyCopy::new();
        std::fs::remove_file(folder.open().tokenizer()).unwrap();
        folder.write("vocab.txt", words.as_bytes());
        match Wordpieces::load(&folder.open()) {
            Ok(_) => panic!("loaded"),
            Err(error) => assert!(error.to_string().contains("[CLS]"), "{error}"),
        }
        folder.write("vocab.txt", format!("{words}[CLS]\n\u{e9}\n").as_bytes());
        let cleaning = r#"{"do_lower_case": true, "strip_accents": false}"#;
        folder.write("tokenizer_config.json", cleaning.as_bytes());
        let kept = Wordpieces::load(&folder.open()).unwrap().encode("A \u{c9}").unwrap().ids;
        assert_eq!(kept, [3, 5]);
        folder.write("tokenizer_config.json", b"{}");
        let stripped = Wordpieces::load(&folder.open()).unwrap().encode("A \u{e1}").unwrap().ids;
        assert_eq!(stripped, [3, 3]);
    }

    #[test]
    fn a_tokenizer_that_does_not_fit_is_refused() {
        let refusal = |copy: &TinyCopy| match Wordpieces::load(&copy.open()) {
            Ok(_) => panic!("loaded"),
            Err(error) => error.to_string(),
        };
        for bytes in ["", "{}", "[]", "{\"model\": 3}", "\u{feff}"] {
            let copy = TinyCopy::new();
            copy.write("tokenizer.json", bytes.as_bytes());
            assert!(refusal(&copy).contains("tokenizer.json"));
        }
        let copy = TinyCopy::new();
        copy.edit_tokenizer(|json| json["model"]["vocab"]["ij"] = 67.into());
        let message = refusal(&copy);
        assert!(message.contains("has the id 67"), "{message}");
    }
}
