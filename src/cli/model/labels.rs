//! What a model's labels mean, and what they leave out, in words.

use wiezei::ner::{Label, LabelScheme, Tag};

/// What a label is read as.
pub(super) fn meaning(tag: Tag) -> String {
    match tag {
        Tag::Outside => "no name".to_owned(),
        Tag::Begin(label) => format!("begins {}", label.name()),
        Tag::Inside(label) => format!("goes on with {}", label.name()),
    }
}

/// What a model's labels leave out, for the user to know.
pub(in crate::cli) fn lost(labels: &LabelScheme) -> Vec<String> {
    let mut notes = Vec::new();
    if !labels.unknown().is_empty() {
        notes.push(format!(
            "its labels {} are no type of name here and count as no name; --label-map can say \
             otherwise",
            labels.unknown().join(", ")
        ));
    }
    let missing: Vec<_> = labels.missing().into_iter().map(Label::name).collect();
    if !missing.is_empty() {
        notes.push(format!("it has no label for {} and finds none", missing.join(", ")));
    }
    notes
}
