//! What speaks for and against taking words in marks for speech, with the
//! weight of each and its reason in words: one table.

/// One observation about a span in marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the reasons are the documentation")]
pub enum Evidence {
    // What the words look like.
    WholeSentence,
    Clause,
    Long,
    Spoken,
    CutOut,
    Characterises,
    Exclaimed,
    NameLike,
    OneCapital,
    OneNoun,
    Repeated,
    Glued,
    OpensSentence,
    // The words around them.
    SaidBeside,
    SaidBefore,
    Introduced,
    NamedBefore,
    Called,
    CalledAfter,
    SpokenOf,
    Uttered,
    Reported,
    OpensContent,
    According,
    Shown,
    Resumed,
    JoinedToSpeech,
    Announced,
    OnObject,
    OfItsArticle,
    BehindPreposition,
    JoinedToTerm,
    // The place and the marks.
    WholeHeading,
    InHeading,
    SourceInHeading,
    SaidInBody,
    OddMarks,
    Dialogue,
    QuotedInside,
    NoSourceInside,
    Uncued,
}

/// Each piece of evidence, its weight and its reason, in the order of the type.
const TABLE: [(Evidence, i32, &str); 41] = [
    (Evidence::WholeSentence, 20, "a whole sentence stands in the marks"),
    (Evidence::Clause, 12, "a clause with its verb stands in the marks"),
    (Evidence::Long, 12, "longer than names and terms are"),
    (Evidence::Spoken, 3, "someone speaks of himself or to another in it"),
    (Evidence::CutOut, 7, "cut out of the middle of a sentence"),
    (Evidence::Characterises, 8, "it begins with ‘een’, as names do not"),
    (Evidence::Exclaimed, 3, "it ends in a question or exclamation mark"),
    (Evidence::NameLike, -25, "a name or a title, to judge by its capitals"),
    (Evidence::OneCapital, -20, "a capital in the middle of the sentence, as names have"),
    (Evidence::OneNoun, -10, "a single word"),
    (Evidence::Repeated, -9, "the text has the same words in marks again, as a term"),
    (Evidence::Glued, -40, "a part of a longer word"),
    (Evidence::OpensSentence, -12, "its sentence goes on with a verb, as behind a name"),
    (Evidence::SaidBeside, 40, "a reporting verb or its like stands right beside it"),
    (Evidence::SaidBefore, 10, "a reporting verb stands right before the marks"),
    (Evidence::Introduced, 12, "a colon behind words of reporting introduces it"),
    (Evidence::NamedBefore, 20, "a name and a colon stand before it"),
    (Evidence::Called, 20, "a verb of calling something so stands before it"),
    (Evidence::CalledAfter, 15, "a verb of calling something so stands behind it"),
    (Evidence::SpokenOf, 10, "a noun of saying stands before it"),
    (Evidence::Uttered, 30, "a verb tells that it was called out or written down"),
    (Evidence::Reported, 4, "it stands in what a reporting verb reports"),
    (Evidence::OpensContent, 8, "it opens the clause that a reporting verb reports"),
    (Evidence::According, 4, "its sentence tells according to whom"),
    (Evidence::Shown, 8, "a verb tells where it can be read or heard"),
    (Evidence::Resumed, 30, "it goes on with a quotation that a reporting clause interrupts"),
    (Evidence::JoinedToSpeech, 5, "joined to words in marks that are speech"),
    (Evidence::Announced, -35, "a word before it announces a name or a title"),
    (Evidence::OnObject, -70, "it is called the inscription of something"),
    (Evidence::OfItsArticle, -8, "the article before the marks makes it a noun of this text"),
    (Evidence::BehindPreposition, -5, "it stands behind a preposition, as names and titles do"),
    (Evidence::JoinedToTerm, -20, "joined to words in marks that are a name or a term"),
    (Evidence::WholeHeading, 20, "the title or subheading is nothing but these words"),
    (Evidence::InHeading, 4, "it stands in a title or subheading"),
    (Evidence::SourceInHeading, 8, "a source stands right before it in a heading"),
    (Evidence::SaidInBody, 16, "a quotation in the text has the same words"),
    (Evidence::OddMarks, -8, "in marks that this text keeps for terms"),
    (Evidence::Dialogue, 60, "a dash opens a turn of a dialogue"),
    (Evidence::QuotedInside, 5, "someone else is quoted inside a quotation"),
    (Evidence::NoSourceInside, -100, "inside a quotation, without a source of its own"),
    (Evidence::Uncued, -26, "no reporting clause claims it"),
];

impl Evidence {
    /// Every piece of evidence there is.
    #[must_use]
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// How much it says: above zero for speech, below zero against it, in
    /// about tenths of a logit.
    #[must_use]
    pub const fn weight(self) -> i32 {
        TABLE[self as usize].1
    }

    /// The reason in words, as it stands in the output.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        TABLE[self as usize].2
    }
}
