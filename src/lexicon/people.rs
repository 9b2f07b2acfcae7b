//! Words for people: functions and titles, given names, pronouns, and the
//! particles inside surnames.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::Gender;
use super::entries::{entries, words};
use super::nouns::Heads;

/// What a word for a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// An office, a job, a role: *premier*, *spits*.
    Function,
    /// A relation: *moeder*, *buurman*.
    Relation,
    /// No more than a person: *man*, *meisje*.
    Person,
    /// A title or form of address: *mevrouw*, *dr.*
    Title,
}

/// A word for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// Gender, where the word shows it: *woordvoerster*.
    pub gender: Gender,
    /// What the word is.
    pub kind: FunctionKind,
}

/// Grammatical person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Person {
    First,
    Second,
    Third,
}

/// Grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Number {
    Singular,
    Plural,
    Both,
}

/// What a pronoun does in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Role {
    Subject,
    Object,
    Possessive,
    Demonstrative,
    Relative,
    Reflexive,
    Indefinite,
}

/// One reading of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the types are the documentation")]
pub struct Pronoun {
    pub person: Person,
    pub number: Number,
    pub gender: Gender,
    pub role: Role,
}

static FUNCTIONS: LazyLock<Heads<Function>> = LazyLock::new(|| {
    entries(include_str!("data/functions.txt"))
        .map(|columns| {
            let kind = match columns[2] {
                "relation" => FunctionKind::Relation,
                "person" => FunctionKind::Person,
                "title" => FunctionKind::Title,
                _ => FunctionKind::Function,
            };
            let gender = Gender::from_letter(columns[1]);
            (columns[0].trim_end_matches('.').to_lowercase(), Function { gender, kind })
        })
        .collect()
});

static GIVEN_NAMES: LazyLock<HashMap<&str, Gender>> = LazyLock::new(|| {
    entries(include_str!("data/given_names.txt"))
        .map(|columns| (columns[0], Gender::from_letter(columns[1])))
        .collect()
});

static PARTICLES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    words(include_str!("data/particles.txt")).flat_map(|line| line.split(' ')).collect()
});

/// How many bytes the longest of these has.
static LONGEST_PARTICLE: LazyLock<usize> =
    LazyLock::new(|| PARTICLES.iter().map(|word| word.len()).max().unwrap_or_default());

static OFFICES: LazyLock<Heads> = LazyLock::new(|| Heads::of(include_str!("data/offices.txt")));

static SPOKESPERSONS: LazyLock<Heads> =
    LazyLock::new(|| Heads::of(include_str!("data/spokespersons.txt")));

static COURT: LazyLock<Heads> = LazyLock::new(|| Heads::of(include_str!("data/court_roles.txt")));

static PARTNERS: LazyLock<Heads> = LazyLock::new(|| Heads::of(include_str!("data/partners.txt")));

/// How relatives are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Kin {
    Parent,
    Child,
    Sibling,
    Spouse,
    Other,
}

static KIN: LazyLock<Heads<Kin>> = LazyLock::new(|| {
    let parse = |name: &str| match name {
        "parent" => Kin::Parent,
        "child" => Kin::Child,
        "sibling" => Kin::Sibling,
        "spouse" => Kin::Spouse,
        _ => Kin::Other,
    };
    let kin = entries(include_str!("data/kin.txt"));
    kin.map(|columns| (columns[0].to_owned(), parse(columns[1]))).collect()
});

static PORTFOLIOS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("data/portfolios.txt")).collect());

/// The sets of synonyms that each word is in, by their numbers.
static SYNONYMS: LazyLock<Heads<Vec<usize>>> = LazyLock::new(|| {
    let mut sets: HashMap<String, Vec<usize>> = HashMap::default();
    for (number, set) in entries(include_str!("data/function_synonyms.txt")).enumerate() {
        for word in set {
            sets.entry(word.to_owned()).or_default().push(number);
        }
    }
    sets.into_iter().collect()
});

static PRONOUNS: LazyLock<HashMap<&str, Vec<Pronoun>>> = LazyLock::new(|| {
    let mut pronouns: HashMap<&str, Vec<Pronoun>> = HashMap::default();
    for columns in entries(include_str!("data/pronouns.txt")) {
        let reading = Pronoun {
            person: match columns[1] {
                "1" => Person::First,
                "2" => Person::Second,
                _ => Person::Third,
            },
            number: match columns[2] {
                "sg" => Number::Singular,
                "pl" => Number::Plural,
                _ => Number::Both,
            },
            gender: Gender::from_letter(columns[3]),
            role: match columns[4] {
                "subject" => Role::Subject,
                "object" => Role::Object,
                "possessive" => Role::Possessive,
                "demonstrative" => Role::Demonstrative,
                "relative" => Role::Relative,
                "reflexive" => Role::Reflexive,
                _ => Role::Indefinite,
            },
        };
        pronouns.entry(columns[0]).or_default().push(reading);
    }
    pronouns
});

/// `word` in lower case: most are already.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}
/// What stands before a word for what somebody was.
const FORMER: [&str; 3] = ["oud-", "ex-", "voormalig-"];

/// The word for a person that `word` (any case, its stop left out) is, or that
/// it ends in: *D66-leider*, *wijkagent*.
#[must_use]
pub fn function(word: &str) -> Option<Function> {
    let word = &*lower(word.trim_end_matches('.'));
    let titled = |function: &Function| function.kind == FunctionKind::Title;
    match FUNCTIONS.get_whole(word) {
        Some(&found) => Some(found),
        // "oud-kapitein" is what somebody was, however one addressed him.
        None if FORMER.iter().any(|former| word.starts_with(former)) => {
            let (_, office) = word.split_once('-')?;
            let kind = FunctionKind::Function;
            function(office).map(|found| match found.kind {
                FunctionKind::Title => Function { kind, ..found },
                _ => found,
            })
        }
        // A compound is never a form of address.
        None => FUNCTIONS.find(word, |it| !titled(it)).map(|(_, &found)| found),
    }
}

/// The gender of a given name; `None` if it is none that is known.
#[must_use]
pub fn given_name(name: &str) -> Option<Gender> {
    if let Some(&gender) = GIVEN_NAMES.get(name) {
        return Some(gender);
    }
    // Jan-Willem, Anne-Marie: the first decides.
    let (first, rest) = name.split_once('-')?;
    GIVEN_NAMES.get(rest).and_then(|_| GIVEN_NAMES.get(first)).copied()
}

/// Whether `word` (any case) is a particle of surnames: *van*, *der*, *'t*.
#[must_use]
pub fn is_particle(word: &str) -> bool {
    if word.is_ascii() && word.len() > *LONGEST_PARTICLE {
        return false;
    }
    match lower(word) {
        Cow::Borrowed(word) => PARTICLES.contains(word),
        Cow::Owned(word) => PARTICLES.contains(word.replace('’', "'").as_str()),
    }
}

/// Whether `word`, in its capital, begins the name of a ministry or portfolio.
#[must_use]
pub fn is_portfolio(word: &str) -> bool {
    PORTFOLIOS.contains(word)
}

/// Whether the function `word` (lower case), or what it ends in, needs no
/// introduction: *de burgemeester*, *de verdachte*.
#[must_use]
pub fn is_office(word: &str) -> bool {
    // "de oud-burgemeester" was introduced as one.
    if FORMER.iter().any(|former| word.starts_with(former)) {
        return false;
    }
    OFFICES.has(word)
}

/// Whether `word` (lower case), or what it ends in, is the role of one who speaks at
/// a trial without being accused: *advocaat*, *kroongetuige*.
#[must_use]
pub fn is_court_role(word: &str) -> bool {
    COURT.has(word)
}

/// Whether the relation `word` (lower case) is one of partners or friends, who
/// need not share a surname.
#[must_use]
pub fn is_partner(word: &str) -> bool {
    PARTNERS.has(word)
}

/// How one whom `word` (lower case), or what it ends in, is said of is related, if
/// such relatives mostly share a surname: *dochter*, *stiefzoon*.
#[must_use]
pub fn kin(word: &str) -> Option<Kin> {
    // "buurman" is no kind of husband.
    let compound = |kin: &Kin| *kin != Kin::Spouse && !word.starts_with("schoon");
    KIN.get_whole(word).or_else(|| KIN.get(word).filter(|kin| compound(kin))).copied()
}

/// What stands before the word for a spokesperson in `word` (lower case), of
/// those that are one: *politie* of *politiewoordvoerder*, nothing of *zegsman*.
#[must_use]
pub fn spokesperson(word: &str) -> Option<&str> {
    let (head, ()) = SPOKESPERSONS.find(word, |()| true)?;
    Some(word[..word.len() - head.len()].trim_end_matches('-'))
}

/// Whether two functions (lower case), or what they end in, can mean one person
/// in turns: *raadsman* and *strafadvocaat*.
#[must_use]
pub fn are_synonyms(one: &str, other: &str) -> bool {
    match (SYNONYMS.get(one), SYNONYMS.get(other)) {
        (Some(one), Some(other)) => one.iter().any(|set| other.contains(set)),
        _ => false,
    }
}

/// The readings of a pronoun (lower case); empty for other words.
#[must_use]
pub fn pronouns(word: &str) -> &'static [Pronoun] {
    PRONOUNS.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_of_functions_are_functions() {
        assert_eq!(function("premier").map(|f| f.kind), Some(FunctionKind::Function));
        assert_eq!(function("D66-leider").map(|f| f.kind), Some(FunctionKind::Function));
        assert_eq!(function("politiewoordvoerster").map(|f| f.gender), Some(Gender::Female));
        assert_eq!(function("dr.").map(|f| f.kind), Some(FunctionKind::Title));
        assert_eq!(function("oud-kapitein").map(|f| f.kind), Some(FunctionKind::Function));
        assert_eq!(function("fiets"), None);
    }

    #[test]
    fn given_names_tell_gender() {
        assert_eq!(given_name("Anneke"), Some(Gender::Female));
        assert_eq!(given_name("Jan-Willem"), Some(Gender::Male));
        assert_eq!(given_name("Tafelpoot"), None);
    }

    #[test]
    fn pronouns_have_readings() {
        assert!(
            pronouns("hij").iter().any(|p| p.gender == Gender::Male && p.role == Role::Subject)
        );
        assert!(pronouns("zij").len() > 1);
        assert!(pronouns("brug").is_empty());
    }

    #[test]
    fn functions_have_synonyms() {
        assert!(are_synonyms("raadsman", "strafadvocaat"));
        assert!(are_synonyms("bewindsvrouw", "minister"));
        assert!(!are_synonyms("minister", "trainer") && !are_synonyms("brug", "brug"));
    }

    #[test]
    fn relatives_are_of_one_kin() {
        assert_eq!(kin("tweelingzus"), Some(Kin::Sibling));
        assert_eq!(kin("man"), Some(Kin::Spouse));
        assert_eq!(kin("schoondochter"), None, "she has a surname of her own");
        assert_eq!(kin("buurman"), None);
        for columns in entries(include_str!("data/kin.txt")) {
            let known = ["parent", "child", "sibling", "spouse", "other"];
            assert!(columns.len() == 2 && known.contains(&columns[1]), "{columns:?}");
        }
    }

    #[test]
    fn spokespersons_name_their_body() {
        assert_eq!(spokesperson("politiewoordvoerder"), Some("politie"));
        assert_eq!(spokesperson("om-woordvoerder"), Some("om"));
        assert_eq!(spokesperson("zegsman"), Some(""));
        assert_eq!(spokesperson("minister"), None);
        assert!(is_office("burgemeester") && !is_office("zangeres"));
        assert!(is_court_role("strafrechtadvocaat") && !is_court_role("verdachte"));
    }

    #[test]
    fn particles_of_any_case() {
        assert!(is_particle("Van") && is_particle("der") && is_particle("’t"));
        assert!(!is_particle("Jansen"));
    }
}
