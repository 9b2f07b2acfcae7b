//! Where the names of a batch of articles come from, and what happens to an
//! article that has none.

use crate::annotated::Warning;
use crate::error::ModelError;
use crate::formats::{Names, Place, ReadError, Reason};
use crate::ner::{Entity, Input, Recognizer, on_tokens};
use crate::text::Document;
use crate::tokenize::Tokenized;

/// What finds the names.
pub enum Naming<'a> {
    /// A model.
    Model(&'a dyn Recognizer),
    /// A file of names.
    Recorded(&'a Names),
}

/// The names of one article, and what is to be known of them.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) names: Vec<Entity>,
    pub(super) warnings: Vec<Warning>,
}

impl Naming<'_> {
    /// The names of each article, or why the article cannot have any.
    ///
    /// # Errors
    ///
    /// If the model fails on all of them: then it is not the articles' fault.
    pub(super) fn find(
        &self,
        articles: &[(&Document, &Tokenized)],
    ) -> Result<Vec<Result<Found, ReadError>>, ModelError> {
        match self {
            Self::Model(recognizer) => by_model(*recognizer, articles),
            Self::Recorded(names) => Ok(articles
                .iter()
                .map(|(document, tokenized)| replayed(names, document, tokenized))
                .collect()),
        }
    }
}

fn by_model(
    recognizer: &dyn Recognizer,
    articles: &[(&Document, &Tokenized)],
) -> Result<Vec<Result<Found, ReadError>>, ModelError> {
    let inputs: Vec<_> =
        articles.iter().map(|&(document, tokenized)| Input { document, tokenized }).collect();
    let found = |names| Found { names, warnings: Vec::new() };
    let error = match recognizer.recognize(&inputs) {
        Ok(all) => return Ok(all.into_iter().map(|names| Ok(found(names))).collect()),
        Err(error) => error,
    };
    // One article may have spoilt it for all: each by itself.
    let mut any = false;
    let mut one = |input: &Input<'_>| match recognizer.recognize(std::slice::from_ref(input)) {
        Ok(mut names) => {
            any = true;
            Ok(found(names.pop().unwrap_or_default()))
        }
        Err(error) => {
            let place = Place::named("the model").in_document(input.document.id());
            Err(place.error(Reason::Failed { message: error.to_string() }))
        }
    };
    let all: Vec<_> = inputs.iter().map(&mut one).collect();
    if any { Ok(all) } else { Err(error) }
}

fn replayed(names: &Names, document: &Document, tokenized: &Tokenized) -> Result<Found, ReadError> {
    let warning = |code: &'static str, offset, message: String| Warning {
        code: code.into(),
        offset,
        message,
    };
    let Some(recorded) = names.of(document) else {
        let message = "the file of names has none of this article".to_owned();
        return Ok(Found { names: Vec::new(), warnings: vec![warning("no-names", None, message)] });
    };
    let (names, cut) = on_tokens(document, tokenized, recorded?);
    let cuts = |entity: Entity| {
        let name = document.slice(entity.span);
        let message = format!("the recorded name \"{name}\" cuts a word and is left out");
        warning("name-cuts-word", Some(entity.span.start()), message)
    };
    Ok(Found { names, warnings: cut.into_iter().map(cuts).collect() })
}
