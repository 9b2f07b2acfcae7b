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
mod word_forms;

pub use abbreviations::{Ending, abbreviation, is_clitic};
pub use classes::{
    MarkWord, Showing, WordClass, is_acronym, is_mark_word, is_question_word, opens_question,
    showing, word_class,
};
pub use gender::Gender;
pub use nouns::{
    Noun, Partitive, indefinite, indefinite_behind, is_bearer_noun, is_clause_noun, is_feeling,
    is_general_body, is_headline_label, is_inscription_noun, is_medium, is_naming_pair,
    is_naming_word, is_norm, is_of_text, is_place_noun, is_pointing_verb, is_speech_noun,
    is_time_noun, is_trial_word, is_view_noun, is_work_noun, partitive, source_noun,
};
pub use people::{
    Function, FunctionKind, Kin, Number, Person, Pronoun, Role, are_synonyms, function, given_name,
    is_court_role, is_office, is_particle, is_partner, is_portfolio, kin, pronouns, spokesperson,
};
pub use strong::{StrongForm, strong_form};
pub use verbs::{
    Frame, Stance, Verb, begins_participle, begins_particle, reporting_verbs, verbs_of_form,
    verbs_of_joined_form, verbs_of_participle,
};
pub use word_forms::{is_adjective_form, is_plural_person, person_by_ending};
