//! Dutch words, as plain text files with their source and licence in the
//! header (`data/`), embedded into the program and read once. No rule holds a
//! word list of its own; it asks here.

mod abbreviations;
mod classes;
mod entries;
mod gender;
mod nouns;
mod people;
mod strong;
mod verbs;

pub use abbreviations::{Ending, abbreviation, is_clitic};
pub use classes::{WordClass, word_class};
pub use gender::Gender;
pub use nouns::{
    Noun, is_clause_noun, is_headline_label, is_medium, is_naming_word, is_speech_noun,
    is_work_noun, source_noun,
};
pub use people::{
    Function, FunctionKind, Number, Person, Pronoun, Role, function, given_name, is_particle,
    pronouns,
};
pub use strong::{StrongForm, strong_form};
pub use verbs::{Frame, Stance, Verb, verbs_of_form, verbs_of_joined_form, verbs_of_participle};
